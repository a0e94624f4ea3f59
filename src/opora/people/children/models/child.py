"""The child's file and the words it is found by (C-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import TruncYear

from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.querysets import OwnedQuerySet

from ..querysets import ChildQuerySet
from .named import Named, Sex

if TYPE_CHECKING:
    from .guardians import Guardianship
    from .surroundings import Enrolment


class Child(Named):
    """A child's file (карта ребёнка): who the child is, where he lives, by which document."""

    person_path = "public_id"
    field_classes = {
        "identity_number": "identity", "identity_issued": "identity", "insurance_number": "identity",
        "medical_policy": "identity", "registered_address": "contacts", "actual_address": "contacts",
        "lives_with": "family",
    }  # fmt: skip
    called_in_acts = "Сведения о ребёнке в карте: адреса, документы"
    cleared_on_erasure = {
        "last_name": "", "first_name": "", "middle_name": "", "declined": {}, "former_last_name": "",
        "citizenship": "", "registered_address": "", "actual_address": "", "identity_number": "",
        "identity_issued": "", "insurance_number": "", "medical_policy": "", "lives_with": "", "search_name": "",
        "birth_date": TruncYear("birth_date"),
    }  # fmt: skip
    kept_on_erasure = {
        "sex": "a code", "registration": "a code", "identity_kind": "a code",
        "created_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = (
        "citizenship", "registered_address", "actual_address", "identity_number", "identity_issued",
        "insurance_number", "medical_policy", "lives_with",
    )  # fmt: skip
    stays_by_law = "письмо ВК-1074/07, прил. 2.14; по имени и дате рождения находят то, что хранится"

    class Registration(models.TextChoices):
        PERMANENT = "permanent", "постоянная"
        TEMPORARY = "temporary", "временная"
        NONE = "none", "нет регистрации"

    class IdentityKind(models.TextChoices):
        BIRTH_CERTIFICATE = "birth_certificate", "свидетельство о рождении"
        PASSPORT = "passport", "паспорт"
        OTHER = "other", "другой документ"

    former_last_name = models.CharField("прежняя фамилия", max_length=80, blank=True)
    sex = models.CharField("пол", max_length=6, choices=Sex.choices)
    birth_date = models.DateField("дата рождения")
    citizenship = models.CharField("гражданство", max_length=80, default="Россия", blank=True)
    registered_address = models.CharField("адрес регистрации", max_length=300, blank=True)
    registration = models.CharField(
        "регистрация", max_length=10, choices=Registration.choices, default=Registration.PERMANENT
    )
    actual_address = models.CharField(
        "адрес проживания", max_length=300, blank=True, help_text="Если отличается от адреса регистрации"
    )
    identity_kind = models.CharField(
        "документ", max_length=20, choices=IdentityKind.choices, default=IdentityKind.BIRTH_CERTIFICATE
    )
    identity_number = models.CharField("серия и номер", max_length=40, blank=True)
    identity_issued = models.CharField("кем и когда выдан", max_length=200, blank=True)
    insurance_number = models.CharField("СНИЛС", max_length=14, blank=True)
    medical_policy = models.CharField("полис ОМС", max_length=20, blank=True)
    lives_with = models.CharField("с кем проживает", max_length=120, blank=True)
    search_name = models.CharField(max_length=330, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChildQuerySet.as_manager()

    class Meta:
        verbose_name = "ребёнок"
        verbose_name_plural = "дети"
        ordering = ["last_name", "first_name", "birth_date"]
        indexes = [
            models.Index(fields=["organisation", "last_name", "first_name", "id"], name="child_by_name"),
            models.Index(fields=["organisation", "birth_date"], name="child_by_birth"),
        ]

    @property
    def person_id(self) -> str:
        return self.public_id

    @property
    def home_address(self) -> str:
        return self.actual_address or self.registered_address

    @property
    def present_enrolment(self) -> Enrolment | None:
        """The present place of study; no query when `with_place` has read it."""
        return next((one for one in self.enrolments.all() if one.ended_on is None), None)

    @property
    def present_guardianships(self) -> list[Guardianship]:
        """Who represents the child now, the main one first; no query when `with_place` has read them."""
        return [one for one in self.guardianships.all() if one.ended_on is None]


class NameWord(models.Model):
    """One word of a child's names, normalised: what the search box looks up, parts in any order."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="name_words")
    word = models.CharField(max_length=80)

    objects = OwnedQuerySet["NameWord"].as_manager()

    class Meta:
        verbose_name = "слово имени"
        verbose_name_plural = "слова имён"
        constraints = [models.UniqueConstraint(fields=["child", "word"], name="name_word_once_per_child")]
        indexes = [models.Index(fields=["organisation", "word", "child"], name="name_word_lookup")]

    def __str__(self) -> str:
        return self.word


class NameTrigram(models.Model):
    """Three letters of a distinct word of one organisation: finds the words within one typo of the typed one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    trigram = models.CharField(max_length=3)
    word = models.CharField(max_length=80)

    objects = OwnedQuerySet["NameTrigram"].as_manager()

    class Meta:
        verbose_name = "три буквы имени"
        verbose_name_plural = "три буквы имени"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "trigram", "word"], name="name_trigram_once"),
        ]

    def __str__(self) -> str:
        return f"{self.trigram} {self.word}"
