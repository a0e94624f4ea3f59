"""One programme of one child, and the sections of its descriptive part (000)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Owned
from opora.foundation.registers.models import Snapshot
from opora.foundation.vault.fields import SealedJSONField, SealedTextField
from opora.foundation.worksheets.models import Section
from opora.people.children.models import Child
from opora.people.law import law_on
from opora.regulations.support.checking import sections_of
from opora.school.consilium.models import AgendaItem

from ..flow import ENDED, Status
from ..querysets import ProgrammeQuerySet, WholeQuerySet


class Programme(Owned):
    """One programme of one child, from the draft to the decision that ends or continues it."""

    loaded_with = ("child", "item__meeting", "curator__user", "previous")
    person_path = "child__public_id"
    field_classes = {
        "term_reason": "support_texts", "decision": "support_texts", "passing_reason": "support_texts",
        "passed_checks": "support_texts", "kind": "risk_marks",
    }  # fmt: skip
    cleared_on_erasure = {
        "term_reason": "", "decision": "", "kind": "ordinary", "passed_checks": [], "passing_reason": "",
    }  # fmt: skip
    kept_on_erasure = {
        "status": "a code", "status_since": "a day of work, without a name",
        "number": "a number of a paper", "year": "a number of a paper",
        "starts_on": "a day of work, without a name", "ends_on": "a day of work, without a name",
        "approved_on": "a day of work, without a name", "finished_on": "a day of work, without a name",
        "created_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("term_reason", "decision", "kind", "passed_checks", "passing_reason")

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "обычный случай"
        RISK = "risk", "высокий суицидальный риск или незавершённый суицид"
        HARD = "hard", "особо трудный случай"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="programmes")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="programmes",
        verbose_name="решение консилиума",
    )  # fmt: skip
    status = models.CharField("состояние", max_length=10, choices=Status.choices, default=Status.DRAFT)
    status_since = models.DateField("в этом состоянии с", null=True, blank=True)
    kind = models.CharField("сложность", max_length=8, choices=Kind.choices, default=Kind.ORDINARY)
    for_all_study = models.BooleanField("на всё время обучения", default=False)
    number = models.PositiveIntegerField("№", null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)
    term_reason = SealedTextField("чем объясняется срок", limit=1000, blank=True)
    curator = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name="куратор")
    named_by = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name="назначен")
    approved_by = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField("утверждена", null=True, blank=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    passed_checks = SealedJSONField("замечания, с которыми согласована", default=list, blank=True)
    passing_reason = SealedTextField("почему согласована с замечаниями", limit=1000, blank=True)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by")
    final_item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="finished_programmes",
        verbose_name="итоговое заседание",
    )  # fmt: skip
    decision = SealedTextField("решение по итогам", limit=5000, blank=True)
    finished_on = models.DateField("завершена", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "программа сопровождения"
        verbose_name_plural = "программы сопровождения"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="a_programme_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "status", "ends_on"], name="programme_by_end")]

    def __str__(self) -> str:
        return f"ИПС № {self.number}/{self.year}" if self.number else "ИПС, проект"

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def is_draft(self) -> bool:
        """Its texts and plan are still drawn up."""
        return self.status == Status.DRAFT

    @property
    def is_over(self) -> bool:
        return self.status in ENDED


class ProgrammeSection(Section):
    """A row of the descriptive part; `code` is one of the edition's `programme_section` table."""

    loaded_with = ("programme__child",)
    person_path = "programme__child__public_id"
    field_classes = {"text": "support_texts"}
    cleared_on_erasure = {"text": ""}
    kept_on_erasure = {"code": "a code", "at": "a day of work, without a name"}
    cleared_on_withdrawal = ("text",)

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="sections")

    objects = WholeQuerySet["ProgrammeSection"].as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "раздел программы"
        verbose_name_plural = "разделы программ"
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="programme_section_once")]

    @property
    def person_id(self) -> str:
        return self.programme.person_id

    @property
    def caption(self) -> str:
        law = law_on(timezone.localdate())
        return next((one.title for one in sections_of(law) if one.code == self.code), self.code)
