"""The social passport: rows of the school, facts about families, passports of classes and of the institution (S-04).

A fact has one home: what the card of a child, brought conclusions and registration with prevention bodies already
say is counted from there (`PassportRow.source`); a `FamilyFact` is kept only for what nothing else holds.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.registers.models import Snapshot
from opora.foundation.vault.fields import SealedTextField
from opora.people.children.models import Child
from opora.school.pupils.models import SchoolClass

from ..approval import OPEN, Status
from .querysets import SocialPassportQuerySet

DAY_OF_WORK = "a day of work, without a name"


class PassportRow(Owned):
    """A row of the passport in this school: counted from `source`, or from facts that the class teacher ticks."""

    class Seen(models.TextChoices):
        """The class of fields (access/fields.py) that the children behind the row belong to; empty: of none."""

        EVERYONE = "", "все, кто видит паспорт"
        FAMILY = "family", "кто видит сведения о семье"
        SUPPORT = "support_texts", "кто сопровождает ребёнка"
        RISK = "risk_marks", "кто видит отметки об учёте"
        HEALTH = "diagnoses", "кто видит диагнозы и инвалидность"

    code = models.CharField("код", max_length=40)
    section = models.CharField("раздел", max_length=120)
    title = models.CharField("строка", max_length=300)
    source = models.CharField("откуда считается", max_length=60, blank=True)  # empty: `FamilyFact`
    of_family = models.BooleanField("о семье в целом", default=True)
    field_class = models.CharField("кто видит", max_length=20, choices=Seen.choices, default=Seen.FAMILY, blank=True)
    order = models.PositiveSmallIntegerField("№", default=1)
    is_retired = models.BooleanField("больше не считать", default=False)

    objects = OwnedQuerySet["PassportRow"].as_manager()

    class Meta:
        verbose_name = "строка социального паспорта"
        verbose_name_plural = "строки социального паспорта"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="passport_row_once")]

    def __str__(self) -> str:
        return self.title


class FamilyFact(Owned):
    """What is true of a child or its family for a row, from a day until a day."""

    loaded_with = ("child", "row", "recorded_by")
    person_path = "child__public_id"
    field_classes = {"note": "family"}
    cleared_on_erasure = {"note": ""}
    kept_on_erasure = {"since_on": DAY_OF_WORK, "until_on": DAY_OF_WORK, "recorded_at": DAY_OF_WORK}
    cleared_on_withdrawal = ("note",)

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="family_facts")
    row = models.ForeignKey(PassportRow, on_delete=models.PROTECT, related_name="facts")
    since_on = models.DateField("с")
    until_on = models.DateField("по", null=True, blank=True)
    note = SealedTextField("примечание", limit=500, one_line=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["FamilyFact"].as_manager()

    class Meta:
        verbose_name = "сведение о семье для паспорта"
        verbose_name_plural = "сведения о семьях для паспорта"
        ordering = ["row", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "row"], condition=Q(until_on__isnull=True), name="one_present_family_fact"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")), name="a_family_fact_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row}, с {self.since_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.child.public_id


class SocialPassport(Owned):
    """A passport of a class, or of the whole institution, on a date. Approved figures are frozen."""

    loaded_with = ("school_class__teacher__user", "filled_by__user", "approved_by")

    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="passports"
    )
    year = models.PositiveSmallIntegerField("учебный год")  # the calendar year in which it begins
    on = models.DateField("на дату")
    status = models.CharField("состояние", max_length=10, choices=Status.choices, default=Status.DRAFT)
    filled_by = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name="кто составил")
    comments = models.TextField("примечания", max_length=4000, blank=True)
    remarks = models.TextField("замечания", max_length=4000, blank=True)
    approved_on = models.DateField("утверждён", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SocialPassportQuerySet.as_manager()

    class Meta:
        verbose_name = "социальный паспорт"
        verbose_name_plural = "социальные паспорта"
        ordering = ["-on", "school_class", "pk"]
        constraints = [
            # Two of them: SQLite has no unique key in which an empty value is equal to another one.
            models.UniqueConstraint(
                fields=["organisation", "school_class", "on"],
                condition=Q(school_class__isnull=False),
                name="one_passport_of_a_class_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["organisation", "on"],
                condition=Q(school_class__isnull=True),
                name="one_passport_of_a_school_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"социальный паспорт на {self.on:%d.%m.%Y}"

    @property
    def scope(self) -> str:
        """Whose passport it is: «4 «А»» or «Вся школа»."""
        return self.school_class.title if self.school_class else "Вся школа"

    @property
    def is_open(self) -> bool:
        """Its maker still works on it."""
        return self.status in OPEN

    @property
    def is_frozen(self) -> bool:
        return self.status == Status.APPROVED


class PassportFigure(Owned):
    """A figure of an approved passport: families, children in them, children here. Numbers without a name."""

    loaded_with = ("passport", "row")

    passport = models.ForeignKey(SocialPassport, on_delete=models.CASCADE, related_name="figures")
    row = models.ForeignKey(PassportRow, on_delete=models.PROTECT, related_name="figures")
    families = models.PositiveIntegerField("семей")
    children = models.PositiveIntegerField("детей в них")
    pupils = models.PositiveIntegerField("обучающихся")

    objects = OwnedQuerySet["PassportFigure"].as_manager()

    class Meta:
        verbose_name = "показатель паспорта"
        verbose_name_plural = "показатели паспорта"
        ordering = ["passport", "row__order"]
        constraints = [models.UniqueConstraint(fields=["passport", "row"], name="one_figure_of_a_row")]

    def __str__(self) -> str:
        return f"{self.row}: {self.pupils}"


class FigureChild(Owned):
    """A child behind a frozen figure: opened by those who may know the child, gone with its card."""

    loaded_with = ("figure__row", "child")
    person_path = "child__public_id"

    figure = models.ForeignKey(PassportFigure, on_delete=models.CASCADE, related_name="behind")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")

    objects = OwnedQuerySet["FigureChild"].as_manager()

    class Meta:
        verbose_name = "ребёнок за показателем паспорта"
        verbose_name_plural = "дети за показателями паспорта"
        constraints = [models.UniqueConstraint(fields=["figure", "child"], name="a_child_is_behind_a_figure_once")]

    def __str__(self) -> str:
        return str(self.figure)

    @property
    def person_id(self) -> str:
        return self.child.public_id
