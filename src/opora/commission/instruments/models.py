"""Answers of a questionnaire, a scale or the count of a lag, item by item (P-14, P-15, P-16)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from opora.commission.cases.flow import CONCLUDED
from opora.commission.examinations.models import Examination
from opora.foundation.organisations.models import Owned
from opora.foundation.vault.fields import SealedJSONField

from .querysets import ScoredInstrumentQuerySet


class ScoredInstrument(Owned):
    """One instrument filled in at one examination; `instrument` is its code in the edition, or `lag`."""

    loaded_with = ("examination__case__child", "examination__visit__session", "user")
    person_path = "examination__case__child__public_id"
    field_classes = {"answers": "special_texts"}
    cleared_on_erasure = {
        "answers": {},
    }  # fmt: skip
    kept_on_erasure = {
        "instrument": "a code", "edition": "a code", "filled_on": "a day of work, without a name",
        "at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("answers",)
    spared_on_withdrawal = {"examination__case__status__in": CONCLUDED}

    examination = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="instruments")
    instrument = models.CharField("методика", max_length=40)
    edition = models.CharField("редакция", max_length=20)
    answers = SealedJSONField("ответы по пунктам", default=dict, blank=True)
    filled_on = models.DateField("день обследования")
    version = models.PositiveIntegerField("версия", default=0)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="заполнил"
    )
    at = models.DateTimeField("сохранено", auto_now=True)

    objects = ScoredInstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = "заполненная методика"
        verbose_name_plural = "заполненные методики"
        ordering = ["filled_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["examination", "instrument"], name="instrument_once_per_examination")
        ]

    def __str__(self) -> str:
        return f"{self.instrument}, {self.filled_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.examination.person_id
