"""Disability and diagnoses (C-03)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import ClearCheck, SealedTextField

from .child import Child
from .named import NBSP


class Disability(Owned):
    """Инвалидность (C-03): number of the document, who issued it, its term, and the rehabilitation programme."""

    loaded_with = ("child",)
    person_path = "child__public_id"
    field_classes = {
        "document_number": "diagnoses", "issued_by": "diagnoses", "rehabilitation_number": "diagnoses",
    }  # fmt: skip
    called_in_acts = "Сведения об инвалидности"
    cleared_on_erasure = {
        "document_number": "", "issued_by": "", "valid_from": None, "valid_to": None, "rehabilitation_number": "",
        "rehabilitation_to": None,
    }  # fmt: skip
    cleared_on_withdrawal = (
        "document_number", "issued_by", "valid_from", "valid_to", "rehabilitation_number", "rehabilitation_to",
    )  # fmt: skip

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="disabilities")
    document_number = SealedTextField("№ документа", limit=60, one_line=True, blank=True)
    issued_by = SealedTextField("кем выдан", limit=200, one_line=True, blank=True)
    valid_from = models.DateField("с", null=True, blank=True)
    valid_to = models.DateField("по", null=True, blank=True)
    rehabilitation_number = SealedTextField("№ ИПРА", limit=60, one_line=True, blank=True)
    rehabilitation_to = models.DateField("ИПРА действует до", null=True, blank=True)

    objects = OwnedQuerySet["Disability"].as_manager()

    class Meta:
        verbose_name = "инвалидность"
        verbose_name_plural = "инвалидность"
        ordering = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        until = f"до {self.valid_to:%d.%m.%Y}" if self.valid_to else "бессрочно"
        number = self.document_number
        if number and "№" not in number:
            number = f"№{NBSP}{number}"
        return ", ".join(filter(None, (number, self.issued_by, until)))

    @property
    def person_id(self) -> str:
        return self.child.public_id

    def is_valid_on(self, day: date) -> bool:
        return self.valid_to is None or self.valid_to >= day


class Diagnosis(Owned):
    """A diagnosis as a medical paper gives it (C-03). The ICD-10 code needs the parent's consent (annex 2.5)."""

    loaded_with = ("child",)
    person_path = "child__public_id"
    field_classes = {"text": "diagnoses", "icd10": "diagnoses", "source": "diagnoses"}
    cleared_on_erasure = {
        "text": "", "icd10": "", "source": "",
    }  # fmt: skip
    kept_on_erasure = {
        "kind": "a code",
    }  # fmt: skip
    cleared_on_withdrawal = ("text", "icd10", "source")

    class Kind(models.TextChoices):
        MAIN = "main", "основной"
        CONCOMITANT = "concomitant", "сопутствующий"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="diagnoses")
    kind = models.CharField("вид", max_length=12, choices=Kind.choices, default=Kind.MAIN)
    text = SealedTextField("диагноз", limit=500, one_line=True)
    icd10 = SealedTextField("код МКБ-10", limit=8, one_line=True, blank=True)
    consented = models.BooleanField("есть письменное согласие родителя на указание кода", default=False)
    source = SealedTextField("кем и когда установлен", limit=200, one_line=True, blank=True)

    objects = OwnedQuerySet["Diagnosis"].as_manager()

    class Meta:
        verbose_name = "диагноз"
        verbose_name_plural = "диагнозы"
        ordering = ["-kind", "pk"]
        constraints = [
            ClearCheck(condition=Q(icd10="") | Q(consented=True), name="icd10_needs_written_consent"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.icd10, self.text)))

    def clean(self) -> None:
        """What `icd10_needs_written_consent` says in the database, in words for a person."""
        if self.icd10 and not self.consented:
            raise ValidationError({"icd10": "Код МКБ-10 указывают только с письменного согласия родителя."})

    @property
    def person_id(self) -> str:
        return self.child.public_id
