"""The collegial conclusion, its protocol, special opinions and handing over (P-17, P-18, P-24, P-25)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from opora.commission.cases.models import Case
from opora.commission.editions.laws import law_of
from opora.commission.examinations.models import Visit
from opora.foundation.access.models import Position
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.registers.models import Entry, Snapshot
from opora.foundation.vault.fields import SealedJSONField, SealedTextField
from opora.foundation.worksheets.models import Section
from opora.people.children.models import Guardian

from ..sections import text_sections

NBSP = "\u00a0"


class Conclusion(Owned):
    """Protocol 2.15 and conclusion 2.16 of one case: drawn up, signed together, annulled together.

    While a draft it has no numbers. Signing takes both numbers, freezes both papers and fills `signed_on`; `basis` then
    keeps what the rules of the edition judged (see `regulations.checks.reading.basis_of`), for judging it anew.
    """

    loaded_with = ("case__child",)
    person_path = "case__child__public_id"
    called_in_acts = "Сведения заключений и протоколов"
    cleared_on_erasure = {
        "answers": {}, "basis": {}, "blank_number": "", "annul_reason": "",
    }  # fmt: skip
    kept_on_erasure = {
        "state": "a code", "programme_code": "a code", "second_programme_code": "a code",
        "programme_section": "a code", "commission_kind": "a code", "route": "a code",
        "term_on": "a day of work, without a name", "signed_on": "a day of work, without a name",
        "annulled_on": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("answers", "basis")
    spared_on_withdrawal = {"state__in": ("signed", "annulled")}
    stays_by_law = "письмо ВК-1074/07, прил. 2.14: заключение и протокол"

    class State(models.TextChoices):
        DRAFT = "draft", "готовится"
        SIGNED = "signed", "подписано"
        ANNULLED = "annulled", "аннулировано"

    class Commission(models.TextChoices):
        USUAL = "usual", "обычное"
        EXTENDED = "extended", "расширенное"
        IN_DEPTH = "in_depth", "углублённое"
        INTER_AGENCY = "inter_agency", "межведомственное"

    class Route(models.TextChoices):
        FIRST = "first", "определён впервые"
        CONFIRMED = "confirmed", "подтверждён"
        CHANGED = "changed", "изменён"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conclusions")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.DRAFT)
    has_limitations = models.BooleanField("является обучающимся с ОВЗ", null=True, blank=True)
    needs_conditions = models.BooleanField("нуждается в специальных условиях", null=True, blank=True)
    programme_code = models.CharField("программа", max_length=40, blank=True)
    second_programme_code = models.CharField("вторая программа (сложный дефект)", max_length=40, blank=True)
    programme_section = models.CharField("отделение", max_length=4, blank=True)
    individual_plan = models.BooleanField("нужен индивидуальный учебный план", default=False)
    answers = SealedJSONField("выбранные ответы", default=dict, blank=True)
    basis = SealedJSONField("на чём основано подписанное", default=dict, blank=True)
    term_on = models.DateField("срок повторного обследования", null=True, blank=True)
    commission_kind = models.CharField("заседание", max_length=12, choices=Commission.choices, default=Commission.USUAL)
    route = models.CharField("маршрут", max_length=10, choices=Route.choices, blank=True)
    blank_number = models.CharField("№ бланка", max_length=40, blank=True)
    form_version = models.PositiveIntegerField("версия", default=0)
    number = models.PositiveIntegerField("№ заключения", null=True, blank=True)
    protocol_number = models.PositiveIntegerField("№ протокола", null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    signed_on = models.DateField("подписано", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    school_snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    protocol_snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    annulled_on = models.DateField("аннулировано", null=True, blank=True)
    annulled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    annul_reason = SealedTextField("причина аннулирования", blank=True, limit=2000)

    objects = OwnedQuerySet["Conclusion"].as_manager()

    class Meta:
        verbose_name = "заключение"
        verbose_name_plural = "заключения"
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=~Q(state="annulled"), name="one_conclusion_in_force"),
            models.UniqueConstraint(
                fields=["organisation", "year", "number"],
                condition=Q(number__isnull=False),
                name="conclusion_number_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "year", "protocol_number"],
                condition=Q(protocol_number__isnull=False),
                name="protocol_number_once",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", number__isnull=True)
                | Q(state__in=["signed", "annulled"], number__isnull=False, signed_on__isnull=False),
                name="a_signed_conclusion_has_its_number",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "signed_on"], name="conclusion_by_day")]

    def __str__(self) -> str:
        return f"Заключение №{NBSP}{self.number}" if self.number else "Заключение (готовится)"

    @property
    def person_id(self) -> str:
        return self.case.person_id

    @property
    def signed_over(self) -> models.QuerySet[Any]:
        """Warnings that were signed over, with the reasons."""
        return self.overrides.select_related("by")


class ConclusionSection(Section):
    """A text of the protocol (history, diagnoses, features, ...) or of the conclusion (conditions, directions, ...)."""

    loaded_with = ("conclusion__case__child",)
    person_path = "conclusion__case__child__public_id"
    cleared_on_erasure = {
        "text": "",
    }  # fmt: skip
    kept_on_erasure = {
        "code": "a code", "at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("text",)
    spared_on_withdrawal = {"conclusion__state__in": ("signed", "annulled")}

    conclusion = models.ForeignKey(Conclusion, on_delete=models.PROTECT, related_name="sections")

    objects = OwnedQuerySet["ConclusionSection"].as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "раздел заключения"
        verbose_name_plural = "разделы заключений"
        constraints = [models.UniqueConstraint(fields=["conclusion", "code"], name="conclusion_section_once")]

    @property
    def person_id(self) -> str:
        return self.conclusion.person_id

    @property
    def caption(self) -> str:
        asked = text_sections(law_of(self.conclusion.case))
        return next((one.title for one in asked if one.code == self.code), self.code)


class DissentingOpinion(Owned):
    """Особое мнение of a member or an expert: recorded in protocol and conclusion, given to the parents on request."""

    loaded_with = ("conclusion__case__child",)
    person_path = "conclusion__case__child__public_id"
    cleared_on_erasure = {
        "author": "", "text": "",
    }  # fmt: skip
    kept_on_erasure = {
        "at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("author", "text")
    spared_on_withdrawal = {"conclusion__state__in": ("signed", "annulled")}

    conclusion = models.ForeignKey(Conclusion, on_delete=models.PROTECT, related_name="opinions")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    author = models.CharField("чьё мнение", max_length=200)
    text = SealedTextField("особое мнение", limit=20_000)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["DissentingOpinion"].as_manager()

    class Meta:
        verbose_name = "особое мнение"
        verbose_name_plural = "особые мнения"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.author

    @property
    def person_id(self) -> str:
        return self.conclusion.person_id


class Handover(Owned):
    """Handing the copy to the family: due within five working days, in person or by post with notice (P-25)."""

    loaded_with = ("conclusion__case__child",)
    person_path = "conclusion__case__child__public_id"
    cleared_on_erasure = {
        "track_number": "",
    }  # fmt: skip
    kept_on_erasure = {
        "way": "a code", "due_on": "a day of work, without a name", "sent_on": "a day of work, without a name",
        "received_on": "a day of work, without a name",
    }  # fmt: skip
    stays_by_law = "письмо ВК-1074/07, прил. 2.13: кому выдана копия"

    class Way(models.TextChoices):
        IN_PERSON = "in_person", "лично"
        POST = "post", "почтой с уведомлением"

    conclusion = models.OneToOneField(Conclusion, on_delete=models.PROTECT, related_name="handover")
    due_on = models.DateField("выдать до")
    way = models.CharField("как", max_length=10, choices=Way.choices, blank=True)
    recipient = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField("отправлено", null=True, blank=True)
    track_number = models.CharField("№ отправления", max_length=40, blank=True)
    received_on = models.DateField("получено родителем", null=True, blank=True)
    school_copy = models.BooleanField("выдана выписка для школы", default=True)
    opinions_given = models.BooleanField("выданы особые мнения", default=False)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OwnedQuerySet["Handover"].as_manager()

    class Meta:
        verbose_name = "выдача заключения"
        verbose_name_plural = "выдача заключений"
        indexes = [models.Index(fields=["organisation", "received_on", "due_on"], name="handover_due")]

    def __str__(self) -> str:
        return f"Выдача: {self.conclusion}"

    @property
    def person_id(self) -> str:
        return self.conclusion.person_id
