"""Classes of a school or groups of a kindergarten, who is in them, and the consent to be examined there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opora.foundation.access.models import Position
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Owned
from opora.foundation.vault.fields import SealedJSONField, SealedTextField
from opora.people.children.models import Child, Enrolment, Guardian

from .querysets import (
    ClassListImportQuerySet,
    ExaminationConsentQuerySet,
    PlacementQuerySet,
    SchoolClassQuerySet,
)


class SchoolClass(Owned):
    """A class (группа) of one school year, with its teacher."""

    loaded_with = ("teacher__user",)

    title = models.CharField("класс, группа", max_length=20)
    year = models.PositiveSmallIntegerField("учебный год")  # the calendar year in which it begins
    level = models.CharField("уровень", max_length=12, choices=Enrolment.Level.choices)
    teacher = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="классный руководитель, воспитатель",
    )  # fmt: skip

    objects = SchoolClassQuerySet.as_manager()

    class Meta:
        verbose_name = "класс"
        verbose_name_plural = "классы"
        ordering = ["-year", "title"]
        constraints = [models.UniqueConstraint(fields=["organisation", "year", "title"], name="one_class_of_a_name")]

    def __str__(self) -> str:
        return self.title


class Placement(Owned):
    """A child in a class from a day on; the row without an end is the present one."""

    loaded_with = ("child", "school_class__teacher__user")
    person_path = "child__public_id"
    kept_on_erasure = {
        "started_on": "a day of work, without a name", "ended_on": "a day of work, without a name",
    }  # fmt: skip
    stays_by_law = "письмо ВК-1074/07, прил. 2.14; по классу находят то, что хранится"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="placements")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="placements")
    started_on = models.DateField("с")
    ended_on = models.DateField("по", null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "место в классе"
        verbose_name_plural = "места в классах"
        ordering = [F("ended_on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(ended_on__isnull=True), name="one_present_placement"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="a_placement_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return str(self.school_class)

    @property
    def person_id(self) -> str:
        return self.child.public_id


class ExaminationConsent(Owned):
    """A representative's answer whether the specialists of the school may examine the child (Р-93), or its refusal."""

    loaded_with = ("child", "guardian", "recorded_by")
    person_path = "child__public_id"
    field_classes = {"note": "support_texts"}
    cleared_on_erasure = {"note": ""}
    kept_on_erasure = {
        "answer": "a code", "medium": "a code", "signed_on": "a day of work, without a name",
        "withdrawn_on": "a day of work, without a name", "recorded_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("note",)
    stays_by_law = "152-ФЗ, ст. 9: оператор доказывает, что согласие было"

    class Answer(models.TextChoices):
        GIVEN = "given", "согласие"
        REFUSED = "refused", "отказ"

    class Medium(models.TextChoices):
        PAPER = "paper", "на бумаге"
        ELECTRONIC = "electronic", "в электронной форме"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="examination_consents")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="examination_consents")
    answer = models.CharField("ответ", max_length=8, choices=Answer.choices)
    signed_on = models.DateField("подписано")
    medium = models.CharField("форма", max_length=10, choices=Medium.choices, default=Medium.PAPER)
    note = SealedTextField("условия или причина отказа", limit=1000, blank=True)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ExaminationConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "согласие на обследование в школе"
        verbose_name_plural = "согласия на обследование в школе"
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("signed_on")),
                name="school_consent_is_withdrawn_after_it_is_given",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_answer_display())

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def is_in_force(self) -> bool:
        return self.answer == self.Answer.GIVEN and self.withdrawn_on is None


class ClassListImport(Owned):
    """A list of children brought in as a table: columns are chosen, rows looked at, then all are entered or none.

    Its owner alone sees it. `cells` and `lines` hold what was read until it is entered or thrown away.
    """

    loaded_with = ("run_by", "school_class")

    class State(models.TextChoices):
        CHOOSING = "choosing", "ждёт выбора столбцов"
        CHECKING = "checking", "сверяется с картотекой"
        READ = "read", "прочитан"
        WRITING = "writing", "вносится"
        DONE = "done", "внесён"
        FAILED = "failed", "не принят"
        CANCELLED = "cancelled", "отброшен"

    title = models.CharField("файл", max_length=200)
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="класс"
    )
    state = models.CharField("состояние", max_length=9, choices=State.choices, default=State.CHOOSING)
    placed_on = models.DateField("в классе с")
    cells = SealedJSONField("ячейки", default=list, blank=True)
    head = models.SmallIntegerField("строка заголовка", default=-1)
    columns = models.JSONField("столбцы", default=list, blank=True)
    lines = SealedJSONField("строки", default=list, blank=True)
    total = models.PositiveIntegerField("строк", default=0)
    done = models.PositiveIntegerField("сделано", default=0)
    message = models.CharField("причина", max_length=300, blank=True)
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = ClassListImportQuerySet.as_manager()

    class Meta:
        verbose_name = "список класса таблицей"
        verbose_name_plural = "списки классов таблицами"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_underway(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.WRITING)
