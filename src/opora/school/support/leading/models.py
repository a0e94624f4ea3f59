"""What the head of the service keeps: samples of quality, and who has read which change of the law (S-11)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet

from ..worklog.models import WorkEntry
from .querysets import QualityReviewQuerySet


class QualityReview(Owned):
    """The head's look at one entry of the log, drawn by lot: how it was kept, what to mend. It names no child."""

    loaded_with = ("entry__position__user", "reviewed_by")

    class Verdict(models.TextChoices):
        GOOD = "good", "без замечаний"
        REMARKS = "remarks", "есть замечания"
        BAD = "bad", "переделать"

    entry = models.OneToOneField(WorkEntry, on_delete=models.CASCADE, related_name="review")
    drawn_on = models.DateField("выбрана")
    verdict = models.CharField("оценка", max_length=8, choices=Verdict.choices, blank=True)
    words = models.TextField("замечания", max_length=2000, blank=True)
    reviewed_on = models.DateField("просмотрена", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mended_on = models.DateField("исправлено", null=True, blank=True)

    objects = QualityReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "выборочная проверка записи"
        verbose_name_plural = "выборочные проверки записей"
        ordering = ["-drawn_on", "-pk"]

    def __str__(self) -> str:
        return f"проверка от {self.drawn_on:%d.%m.%Y}"

    @property
    def waits_for_mending(self) -> bool:
        return self.verdict in (self.Verdict.REMARKS, self.Verdict.BAD) and self.mended_on is None


class ActNotice(Owned):
    """The head tells the specialists of an act, or of its change; each says that he has read it."""

    loaded_with = ("told_by",)

    act = models.CharField("акт реестра", max_length=60)
    words = models.TextField("на что обратить внимание", max_length=2000, blank=True)
    told_on = models.DateField("сообщено")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["ActNotice"].as_manager()

    class Meta:
        verbose_name = "сообщение об акте"
        verbose_name_plural = "сообщения об актах"
        ordering = ["-told_on", "-pk"]

    def __str__(self) -> str:
        return self.act


class NoticeReading(Owned):
    """That a specialist has read a notice."""

    loaded_with = ("notice", "user")

    notice = models.ForeignKey(ActNotice, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["NoticeReading"].as_manager()

    class Meta:
        verbose_name = "ознакомление с актом"
        verbose_name_plural = "ознакомления с актами"
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="a_notice_is_read_once")]

    def __str__(self) -> str:
        return f"{self.user}"
