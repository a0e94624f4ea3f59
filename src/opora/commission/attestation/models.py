"""The conclusion on conditions of the state examination with its protocol (P-20, P-22)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from opora.commission.cases.models import Case
from opora.commission.examinations.models import Visit
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.registers.models import Entry, Snapshot
from opora.foundation.vault.fields import SealedJSONField, SealedTextField
from opora.people.children.models import Guardian

NBSP = "\u00a0"


class AttestationConclusion(Owned):
    """Protocol and conclusion on ГИА of one case, besides the ordinary conclusion or instead of it.

    While a draft it has no numbers. `level` and `exam_year` are answers too, kept apart to be searched; `basis` holds
    the warnings that were signed over with their reasons.
    """

    loaded_with = ("case__child", "organisation")
    person_path = "case__child__public_id"
    called_in_acts = "Сведения заключений ГИА"
    cleared_on_erasure = {
        "answers": {}, "taken": {}, "basis": {}, "annul_reason": "",
    }  # fmt: skip
    kept_on_erasure = {
        "state": "a code", "level": "a code", "way": "a code", "valid_until": "a day of work, without a name",
        "due_on": "a day of work, without a name", "signed_on": "a day of work, without a name",
        "annulled_on": "a day of work, without a name", "handed_on": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("answers", "taken", "basis")
    spared_on_withdrawal = {"state__in": ("signed", "annulled")}
    stays_by_law = "письмо ВК-1074/07, прил. 2.14: заключение и протокол"

    class State(models.TextChoices):
        DRAFT = "draft", "готовится"
        SIGNED = "signed", "подписано"
        ANNULLED = "annulled", "аннулировано"

    class Level(models.TextChoices):
        BASIC = "9", "ГИА-9"
        SECONDARY = "11", "ГИА-11"

    class Way(models.TextChoices):
        IN_PERSON = "in_person", "лично"
        POST = "post", "почтой с уведомлением"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attestations")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.DRAFT)
    level = models.CharField("уровень", max_length=2, choices=Level.choices, blank=True)
    exam_year = models.PositiveSmallIntegerField("год ГИА", null=True, blank=True)
    valid_until = models.DateField("действует до", null=True, blank=True)
    answers = SealedJSONField("ответы", default=dict, blank=True)
    taken = SealedJSONField("взятое из каталога", default=dict, blank=True)
    basis = SealedJSONField("на чём основана подпись", default=dict, blank=True)
    form_version = models.PositiveIntegerField("версия", default=0)
    number = models.PositiveIntegerField("№ заключения", null=True, blank=True)
    protocol_number = models.PositiveIntegerField("№ протокола", null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    signed_on = models.DateField("подписано", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    protocol_snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    annulled_on = models.DateField("аннулировано", null=True, blank=True)
    annulled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    annul_reason = SealedTextField("причина аннулирования", blank=True, limit=2000)
    due_on = models.DateField("выдать до", null=True, blank=True)
    way = models.CharField("как выдано", max_length=10, choices=Way.choices, blank=True)
    recipient = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    handed_on = models.DateField("выдано", null=True, blank=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OwnedQuerySet["AttestationConclusion"].as_manager()

    class Meta:
        verbose_name = "заключение ГИА"
        verbose_name_plural = "заключения ГИА"
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=~Q(state="annulled"), name="one_attestation_conclusion_in_force"
            ),
            models.UniqueConstraint(
                fields=["organisation", "year", "number"],
                condition=Q(number__isnull=False),
                name="attestation_number_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "year", "protocol_number"],
                condition=Q(protocol_number__isnull=False),
                name="attestation_protocol_number_once",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", number__isnull=True)
                | Q(state__in=["signed", "annulled"], number__isnull=False, signed_on__isnull=False),
                name="a_signed_attestation_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(handed_on__isnull=True) | Q(recipient__isnull=False, signed_on__isnull=False),
                name="an_attestation_is_handed_to_somebody",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "exam_year"], name="attestation_by_exam_year")]

    def __str__(self) -> str:
        return f"Заключение ГИА №{NBSP}{self.number}" if self.number else "Заключение ГИА (готовится)"

    @property
    def person_id(self) -> str:
        return self.case.person_id
