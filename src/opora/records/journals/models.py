"""Certification of the journal of examined children (annex 2.13), and prints of long journals."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from opora.commission.examinations.models import Session
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.registers.models import Entry


class Certification(Owned):
    """Lines of one session, certified by the head and the specialists who took part.

    A session has a second certification only when its lines were added to later: a conclusion that was annulled
    and signed anew.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="certifications")
    certified_on = models.DateField("заверено")
    certified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signers = models.JSONField("подписи участников", default=list)
    numbers = models.JSONField("номера записей", default=list)

    objects = OwnedQuerySet["Certification"].as_manager()

    class Meta:
        verbose_name = "заверение журнала"
        verbose_name_plural = "заверения журнала"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.session)


class CertifiedEntry(models.Model):
    """A line of the journal is certified once."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="lines")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="certified")

    objects = OwnedQuerySet["CertifiedEntry"].as_manager()

    class Meta:
        verbose_name = "заверенная запись"
        verbose_name_plural = "заверенные записи"

    def __str__(self) -> str:
        return str(self.entry)


class JournalPrint(Owned):
    """A long journal being made into one PDF by the worker; the person may leave the page and come back."""

    class State(models.TextChoices):
        WAITING = "waiting", "ждёт очереди"
        RUNNING = "running", "готовится"
        READY = "ready", "готово"
        FAILED = "failed", "не удалось"

    journal = models.CharField("журнал", max_length=20)
    since = models.DateField("с")
    until = models.DateField("по")
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField("записей", default=0)
    done = models.PositiveIntegerField("собрано", default=0)
    message = models.CharField("причина", max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("заказано", auto_now_add=True)

    objects = OwnedQuerySet["JournalPrint"].as_manager()

    class Meta:
        verbose_name = "печать журнала"
        verbose_name_plural = "печать журналов"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="a_print_has_a_period"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(file__isnull=False), name="a_ready_print_has_its_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journal} {self.since:%d.%m.%Y}–{self.until:%d.%m.%Y}"
