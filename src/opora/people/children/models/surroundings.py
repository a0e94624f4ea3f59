"""Family, place of study, registration with prevention bodies (C-01, C-04)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedTextField

from .child import Child


class Family(Owned):
    """What the commission asks about the family; codes are those of the edition's `family` lists."""

    loaded_with = ("child",)
    person_path = "child__public_id"
    field_classes = {"home_language": "family", "notes": "family"}
    called_in_acts = "Сведения о семье"
    cleared_on_erasure = {
        "kinds": [], "children_count": None, "home_language": "", "notes": "",
    }  # fmt: skip
    cleared_on_withdrawal = ("kinds", "children_count", "home_language", "notes")

    child = models.OneToOneField(Child, on_delete=models.CASCADE, related_name="family")
    kinds = models.JSONField("семья", default=list, blank=True)
    children_count = models.PositiveSmallIntegerField("детей в семье", null=True, blank=True)
    home_language = models.CharField("язык семьи", max_length=80, blank=True)
    notes = SealedTextField("сведения о семье", blank=True, limit=5000)

    objects = OwnedQuerySet["Family"].as_manager()

    class Meta:
        verbose_name = "семья"
        verbose_name_plural = "семьи"

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.child_id}"

    @property
    def person_id(self) -> str:
        return self.child.public_id


class Enrolment(Owned):
    """Where the child studies; the row without an end is the present one."""

    loaded_with = ("child",)
    person_path = "child__public_id"
    cleared_on_erasure = {
        "school": None, "group": "", "class_teacher": "", "programme": "", "study_form": "", "history": "",
        "started_on": None,
    }  # fmt: skip
    kept_on_erasure = {
        "level": "a code", "ended_on": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("school", "group", "class_teacher", "programme", "study_form", "history", "started_on")

    class Level(models.TextChoices):
        EARLY = "early", "ранняя помощь"
        PRESCHOOL = "preschool", "дошкольное образование"
        PRIMARY = "primary", "начальное общее образование"
        BASIC = "basic", "основное общее образование"
        SECONDARY = "secondary", "среднее общее образование"
        VOCATIONAL = "vocational", "среднее профессиональное образование"
        NONE = "none", "не посещает организацию"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="enrolments")
    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="образовательная организация",
    )  # fmt: skip
    level = models.CharField("уровень", max_length=12, choices=Level.choices)
    group = models.CharField("класс, группа", max_length=40, blank=True)
    class_teacher = models.CharField("классный руководитель, воспитатель", max_length=160, blank=True)
    programme = models.CharField("программа обучения", max_length=200, blank=True)
    study_form = models.CharField("форма обучения", max_length=80, blank=True)
    history = SealedTextField("повторное обучение, переводы и их причины", blank=True, limit=2000)
    started_on = models.DateField("с", null=True, blank=True)
    ended_on = models.DateField("по", null=True, blank=True)

    objects = OwnedQuerySet["Enrolment"].as_manager()

    class Meta:
        verbose_name = "место обучения"
        verbose_name_plural = "места обучения"
        ordering = [F("ended_on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(ended_on__isnull=True), name="one_present_enrolment"),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.school.short_name if self.school else "", self.group))) or str(
            self.get_level_display()
        )

    @property
    def person_id(self) -> str:
        return self.child.public_id


class PreventionRecord(Owned):
    """Registration with prevention bodies (C-04)."""

    loaded_with = ("child",)
    person_path = "child__public_id"
    field_classes = {"body": "risk_marks"}
    called_in_acts = "Сведения о профилактическом учёте"
    cleared_on_erasure = {
        "body": "", "started_on": None, "ended_on": None,
    }  # fmt: skip
    cleared_on_withdrawal = ("body", "started_on", "ended_on")

    class Body(models.TextChoices):
        SCHOOL = "school", "внутришкольный учёт"
        JUVENILE_COMMISSION = "juvenile_commission", "КДНиЗП"
        POLICE = "police", "ПДН"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="prevention_records")
    body = models.CharField("учёт", max_length=20, choices=Body.choices)
    started_on = models.DateField("с", null=True, blank=True)
    ended_on = models.DateField("по", null=True, blank=True)

    objects = OwnedQuerySet["PreventionRecord"].as_manager()

    class Meta:
        verbose_name = "профилактический учёт"
        verbose_name_plural = "профилактический учёт"

    def __str__(self) -> str:
        return str(self.get_body_display())

    @property
    def person_id(self) -> str:
        return self.child.public_id
