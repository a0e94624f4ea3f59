"""What the work of a school year rests on: its days off, rooms, norms of hours and rates of posts (S-02)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import Speciality
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet

MOST_HOURS = 40  # a week


def between(least: int, most: int) -> list[Callable[[Any], None]]:
    """Both ends allowed; what is outside is said beside its field, the constraint of the table stands behind it."""
    return [MinValueValidator(least), MaxValueValidator(most)]


class ServiceSettings(Owned):
    """What a school decides for its service: the length of a lesson, limits, days to enter what was done."""

    lesson_minutes = models.PositiveSmallIntegerField("занятие, минут", default=40, validators=between(5, 180))
    group_limit = models.PositiveSmallIntegerField("детей в группе, не больше", default=8, validators=between(2, 40))
    days_to_log = models.PositiveSmallIntegerField(
        "запись вносят за рабочих дней", default=3, validators=between(1, 30)
    )
    works_saturdays = models.BooleanField("учатся и по субботам", default=False)

    objects = OwnedQuerySet["ServiceSettings"].as_manager()

    class Meta:
        verbose_name = "настройки Службы"
        verbose_name_plural = "настройки Службы"
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_service_settings"),
            models.CheckConstraint(condition=Q(lesson_minutes__gte=5, lesson_minutes__lte=180), name="lesson_minutes"),
            models.CheckConstraint(condition=Q(group_limit__gte=2, group_limit__lte=40), name="group_limit"),
            models.CheckConstraint(condition=Q(days_to_log__gte=1, days_to_log__lte=30), name="days_to_log"),
        ]

    def __str__(self) -> str:
        return "настройки Службы"


class DayOff(Owned):
    """Days on which the school does not work or, `works`, does in spite of the calendar: holidays, transfers."""

    title = models.CharField("что это", max_length=120)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    works = models.BooleanField("рабочий день вопреки календарю", default=False)

    objects = OwnedQuerySet["DayOff"].as_manager()

    class Meta:
        verbose_name = "нерабочие дни"
        verbose_name_plural = "нерабочие дни"
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="days_off_end_after_they_start"),
        ]

    def __str__(self) -> str:
        return self.title


class Cabinet(Owned):
    """A room of the school where specialists work."""

    title = models.CharField("кабинет", max_length=80)
    seats = models.PositiveSmallIntegerField("мест", null=True, blank=True)
    is_retired = models.BooleanField("больше не используется", default=False)

    objects = OwnedQuerySet["Cabinet"].as_manager()

    class Meta:
        verbose_name = "кабинет"
        verbose_name_plural = "кабинеты"
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["organisation", "title"], name="cabinet_once")]

    def __str__(self) -> str:
        return self.title


class HourNorm(Owned):
    """Hours a week of a full rate of a post, and how many of them are work with people."""

    speciality = models.CharField("специалист", max_length=30, choices=Speciality.choices)
    week_hours = models.DecimalField("часов в неделю на ставку", max_digits=4, decimal_places=1)
    direct_hours = models.DecimalField("из них с людьми", max_digits=4, decimal_places=1)

    objects = OwnedQuerySet["HourNorm"].as_manager()

    class Meta:
        verbose_name = "норма часов"
        verbose_name_plural = "нормы часов"
        ordering = ["speciality"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "speciality"], name="one_norm_of_a_speciality"),
            models.CheckConstraint(
                condition=Q(week_hours__gt=0, week_hours__lte=MOST_HOURS, direct_hours__lte=F("week_hours")),
                name="hours_of_a_norm",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_speciality_display())


class Workload(Owned):
    """The rate (ставка) of a post at the service in one school year."""

    loaded_with = ("position__user",)

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="workloads", verbose_name="сотрудник")
    year = models.PositiveSmallIntegerField("учебный год")  # the calendar year in which it begins
    rate = models.DecimalField("ставка", max_digits=3, decimal_places=2, default=1)

    objects = OwnedQuerySet["Workload"].as_manager()

    class Meta:
        verbose_name = "ставка"
        verbose_name_plural = "ставки"
        constraints = [
            models.UniqueConstraint(fields=["position", "year"], name="one_rate_a_year"),
            models.CheckConstraint(condition=Q(rate__gt=0, rate__lte=2), name="rate_of_a_post"),
        ]

    def __str__(self) -> str:
        return f"{self.position}, {self.rate}"
