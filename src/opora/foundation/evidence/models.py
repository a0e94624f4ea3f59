"""Checks of the log that the worker carries out."""

from django.conf import settings
from django.db import models

from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet


class Inspection(Owned):
    """One check of the whole log and all registers; the person may leave the page and come back."""

    class State(models.TextChoices):
        WAITING = "waiting", "ждёт очереди"
        RUNNING = "running", "идёт"
        READY = "ready", "окончена"
        FAILED = "failed", "прервалась"

    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField("всего строк", default=0)
    done = models.PositiveIntegerField("проверено строк", default=0)
    good = models.BooleanField("всё сходится", null=True, blank=True)
    verdict = models.CharField("итог", max_length=400, blank=True)
    faults = models.JSONField("что не сходится", default=list, blank=True)
    counts = models.JSONField("сколько проверено", default=dict, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто начал",
    )  # fmt: skip
    asked_at = models.DateTimeField("начата", auto_now_add=True)
    finished_at = models.DateTimeField("окончена", null=True, blank=True)

    objects = OwnedQuerySet["Inspection"].as_manager()

    class Meta:
        verbose_name = "проверка журнала событий"
        verbose_name_plural = "проверки журнала событий"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.verdict or self.get_state_display()

    @property
    def is_underway(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
