"""Legal representatives (C-02)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedTextField

from ..querysets import GuardianQuerySet
from .child import Child
from .named import Named, Sex


class Guardian(Named):
    """A legal representative (C-02). One person may stand for several children, which finds siblings.

    So `notes` are sealed with the organisation's own key: erasing one child leaves them to the others.
    """

    field_classes = {
        "identity_series": "identity", "identity_number": "identity", "identity_issued": "identity",
        "registered_address": "contacts", "phone": "contacts", "email": "contacts",
        "education": "family", "occupation": "family", "notes": "family",
    }  # fmt: skip

    cleared_on_erasure = {
        "last_name": "", "first_name": "", "middle_name": "", "declined": {}, "birth_date": None,
        "identity_kind": "", "identity_series": "", "identity_number": "", "identity_issued": "",
        "registered_address": "", "phone": "", "email": "", "education": "", "occupation": "", "notes": "",
    }  # fmt: skip
    kept_on_erasure = {
        "sex": "a code",
    }  # fmt: skip
    cleared_on_withdrawal = (
        "birth_date", "identity_series", "identity_number", "identity_issued", "registered_address", "phone",
        "email", "education", "occupation", "notes",
    )  # fmt: skip

    sex = models.CharField("пол", max_length=6, choices=Sex.choices)
    birth_date = models.DateField("дата рождения", null=True, blank=True)
    identity_kind = models.CharField("документ", max_length=60, default="паспорт", blank=True)
    identity_series = models.CharField("серия", max_length=20, blank=True)
    identity_number = models.CharField("номер", max_length=20, blank=True)
    identity_issued = models.CharField("кем и когда выдан", max_length=200, blank=True)
    registered_address = models.CharField("адрес регистрации", max_length=300, blank=True)
    phone = models.CharField("телефон", max_length=60, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    education = models.CharField("образование", max_length=120, blank=True)
    occupation = models.CharField("место работы, должность", max_length=200, blank=True)
    notes = SealedTextField("важное о здоровье и привычках", limit=300, one_line=True, blank=True)

    objects = GuardianQuerySet.as_manager()

    class Meta:
        verbose_name = "законный представитель"
        verbose_name_plural = "законные представители"
        ordering = ["last_name", "first_name"]
        indexes = [models.Index(fields=["organisation", "last_name", "first_name"], name="guardian_by_name")]

    @property
    def contacts(self) -> str:
        return ", ".join(filter(None, (self.phone, self.email)))


class Guardianship(Owned):
    """Who a guardian is to a child, and by which document (birth certificate, act of guardianship)."""

    loaded_with = ("child", "guardian")
    person_path = "child__public_id"
    field_classes = {"authority_document": "identity", "authority_number": "identity"}
    cleared_on_erasure = {
        "authority_document": "", "authority_number": "", "authority_issued_on": None,
    }  # fmt: skip
    kept_on_erasure = {
        "kinship": "a code", "ended_on": "a day of work, without a name",
    }  # fmt: skip
    stays_by_law = "письмо ВК-1074/07, прил. 2.17: кто вправе обратиться за ребёнка"

    class Kinship(models.TextChoices):
        MOTHER = "mother", "мать"
        FATHER = "father", "отец"
        ADOPTER = "adopter", "усыновитель"
        GUARDIAN = "guardian", "опекун"
        TRUSTEE = "trustee", "попечитель"
        FOSTER = "foster", "приёмный родитель"
        INSTITUTION = "institution", "представитель организации для детей-сирот"
        OTHER = "other", "иной законный представитель"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="guardianships")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="guardianships")
    kinship = models.CharField("кем приходится", max_length=12, choices=Kinship.choices)
    authority_document = models.CharField("документ о полномочиях", max_length=200, default="свидетельство о рождении")
    authority_number = models.CharField("номер", max_length=60, blank=True)
    authority_issued_on = models.DateField("от", null=True, blank=True)
    is_main = models.BooleanField("основной представитель", default=False)
    ended_on = models.DateField("полномочия прекращены", null=True, blank=True)

    objects = OwnedQuerySet["Guardianship"].as_manager()

    class Meta:
        verbose_name = "законное представительство"
        verbose_name_plural = "законное представительство"
        ordering = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["child", "guardian"], name="guardian_once_per_child"),
            models.UniqueConstraint(
                fields=["child"], condition=Q(is_main=True, ended_on__isnull=True), name="one_main_guardian"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian} ({self.get_kinship_display()})"

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def is_parent(self) -> bool:
        return self.kinship in (self.Kinship.MOTHER, self.Kinship.FATHER)
