"""The analysis of a year: figures are computed where they live, words are written by people (S-07)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.registers.models import Snapshot
from opora.foundation.worksheets.models import Section
from opora.people.law import law_on
from opora.regulations.service.reading import analysis_sections
from opora.school.pupils.titles import last_day, year_title

from ..approval import OPEN, Status
from ..plans.models import PlanItem


class YearAnalysis(Owned):
    """The analysis of one school year; approved, its figures and words are frozen."""

    loaded_with = ("author__user", "approved_by")

    year = models.PositiveSmallIntegerField("учебный год")  # the calendar year in which it begins
    status = models.CharField("состояние", max_length=10, choices=Status.choices, default=Status.DRAFT)
    author = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name="кто составил")
    remarks = models.TextField("замечания", max_length=4000, blank=True)
    approved_on = models.DateField("утверждён", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OwnedQuerySet["YearAnalysis"].as_manager()

    class Meta:
        verbose_name = "анализ работы за год"
        verbose_name_plural = "анализы работы за год"
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="one_analysis_of_a_year")]

    def __str__(self) -> str:
        return f"анализ за {year_title(self.year)} учебный год"

    @property
    def is_open(self) -> bool:
        """Its words may be written."""
        return self.status in OPEN


class AnalysisSection(Section):
    """The words of one section of an analysis. They name nobody."""

    loaded_with = ("analysis",)

    analysis = models.ForeignKey(YearAnalysis, on_delete=models.CASCADE, related_name="sections")

    objects = OwnedQuerySet["AnalysisSection"].as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "раздел анализа"
        verbose_name_plural = "разделы анализа"
        constraints = [models.UniqueConstraint(fields=["analysis", "code"], name="one_section_of_an_analysis")]

    @property
    def caption(self) -> str:
        asked = analysis_sections(law_on(last_day(self.analysis.year)))
        return next((one.title for one in asked if one.code == self.code), self.code)


class Problem(Owned):
    """A line of the problem analysis: what is wrong, why, what is done about it in the next year."""

    loaded_with = ("analysis", "responsible__user", "plan_item__plan")

    class Came(models.TextChoices):
        SOLVED = "solved", "решена"
        PARTLY = "partly", "решена частично"
        NOT_SOLVED = "not_solved", "не решена"

    analysis = models.ForeignKey(YearAnalysis, on_delete=models.CASCADE, related_name="problems")
    order = models.PositiveSmallIntegerField("№", default=1)
    problem = models.CharField("проблема", max_length=500)
    cause = models.CharField("причина", max_length=500, blank=True)
    measure = models.CharField("что сделаем", max_length=500, blank=True)
    responsible = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ответственный"
    )
    due_on = models.DateField("срок", null=True, blank=True)
    plan_item = models.ForeignKey(
        PlanItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="строка плана"
    )
    came = models.CharField("что стало", max_length=10, choices=Came.choices, blank=True)
    came_words = models.CharField("чем подтверждается", max_length=500, blank=True)

    objects = OwnedQuerySet["Problem"].as_manager()

    class Meta:
        verbose_name = "проблема года"
        verbose_name_plural = "проблемный анализ"
        ordering = ["analysis", "order", "pk"]

    def __str__(self) -> str:
        return self.problem
