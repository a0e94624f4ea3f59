"""Disability and diagnoses (C-03)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet

from .child import Child
from .named import NBSP


class Disability(Owned):
    """Инвалидность (C-03): number of the document, who issued it, its term, and the rehabilitation programme."""

    loaded_with = ("child",)

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="disabilities")
    document_number = models.CharField("№ документа", max_length=60, blank=True)
    issued_by = models.CharField("кем выдан", max_length=200, blank=True)
    valid_from = models.DateField("с", null=True, blank=True)
    valid_to = models.DateField("по", null=True, blank=True)
    rehabilitation_number = models.CharField("№ ИПРА", max_length=60, blank=True)
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

    class Kind(models.TextChoices):
        MAIN = "main", "основной"
        CONCOMITANT = "concomitant", "сопутствующий"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="diagnoses")
    kind = models.CharField("вид", max_length=12, choices=Kind.choices, default=Kind.MAIN)
    text = models.CharField("диагноз", max_length=500)
    icd10 = models.CharField("код МКБ-10", max_length=8, blank=True)
    consented = models.BooleanField("есть письменное согласие родителя на указание кода", default=False)
    source = models.CharField("кем и когда установлен", max_length=200, blank=True)

    objects = OwnedQuerySet["Diagnosis"].as_manager()

    class Meta:
        verbose_name = "диагноз"
        verbose_name_plural = "диагнозы"
        ordering = ["-kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(icd10="") | Q(consented=True), name="icd10_needs_written_consent"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.icd10, self.text)))

    @property
    def person_id(self) -> str:
        return self.child.public_id
