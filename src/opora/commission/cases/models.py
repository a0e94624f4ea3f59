"""Cases (обращение, дело): one appeal of one child to the commission, from application to conclusion."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from opora.foundation.organisations.models import Owned
from opora.foundation.vault.fields import SealedTextField
from opora.people.children.models import Child

from .flow import OPEN, Status
from .querysets import CaseQuerySet

NBSP = "\u00a0"


class Case(Owned):
    """`number` is taken from the register «case» of the year; `edition` is the law the case was opened under."""

    loaded_with = ("child", "organisation")
    person_path = "child__public_id"
    cleared_on_erasure = {
        "finish_reason": "",
    }  # fmt: skip
    kept_on_erasure = {
        "status": "a code", "edition": "a code", "opened_on": "a day of work, without a name",
        "due_on": "a day of work, without a name", "finished_on": "a day of work, without a name",
        "status_since": "a day of work, without a name",
    }  # fmt: skip
    stays_by_law = "письмо ВК-1074/07, прил. 2.12, 2.13: на дело ссылаются журналы"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField("номер")
    year = models.PositiveSmallIntegerField("год")
    status = models.CharField("состояние", max_length=12, choices=Status.choices, default=Status.OPENED)
    edition = models.CharField("редакция", max_length=10)
    opened_on = models.DateField("дата обращения")
    due_on = models.DateField("срок следующего шага", null=True, blank=True)
    finished_on = models.DateField("завершено", null=True, blank=True)
    finish_reason = SealedTextField("причина", blank=True, limit=2000)
    status_since = models.DateField("в этом состоянии с")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "дело"
        verbose_name_plural = "дела"
        ordering = ["-opened_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "number"], name="case_number_once_per_year"),
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(status__in=[str(status) for status in OPEN]),
                name="one_open_case_per_child",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "status", "due_on"], name="case_by_status"),
            models.Index(fields=["organisation", "-opened_on", "-number"], name="case_by_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """«№ 12/2026»."""
        return f"№{NBSP}{self.number}/{self.year}"

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def is_open(self) -> bool:
        return self.status in OPEN
