"""Schedules of specialists: a week (циклограмма), a month, a half-year; lessons of classes (S-02)."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.registers.models import Snapshot
from opora.school.pupils.models import SchoolClass

from ..approval import OPEN, Status
from ..groups.models import Group
from ..schoolyear.models import Cabinet


class Weekday(models.IntegerChoices):
    MONDAY = 1, "понедельник"
    TUESDAY = 2, "вторник"
    WEDNESDAY = 3, "среда"
    THURSDAY = 4, "четверг"
    FRIDAY = 5, "пятница"
    SATURDAY = 6, "суббота"


class WorkSchedule(Owned):
    """The working time of one specialist in a term; the director approves it."""

    loaded_with = ("position__user", "approved_by")

    class Period(models.TextChoices):
        WEEK = "week", "циклограмма недели"
        MONTH = "month", "график на месяц"
        HALF_YEAR = "half_year", "график на полугодие"

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="schedules", verbose_name="чей")
    period = models.CharField("вид", max_length=10, choices=Period.choices, default=Period.HALF_YEAR)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    status = models.CharField("состояние", max_length=10, choices=Status.choices, default=Status.DRAFT)
    remarks = models.TextField("замечания", max_length=4000, blank=True)
    change_reason = models.CharField("что меняется и почему", max_length=300, blank=True)
    approved_on = models.DateField("утверждён", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["WorkSchedule"].as_manager()

    class Meta:
        verbose_name = "график работы"
        verbose_name_plural = "графики работы"
        ordering = ["-starts_on", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_schedule_ends_after_it_starts"),
            models.UniqueConstraint(fields=["position", "period", "starts_on"], name="one_schedule_of_a_term"),
        ]

    def __str__(self) -> str:
        return f"{self.get_period_display()} с {self.starts_on:%d.%m.%Y}"

    @property
    def is_open(self) -> bool:
        """Whether its slots may be changed now."""
        return self.status in OPEN


class ScheduleVersion(Owned):
    """A schedule as the director approved it; a later version says what was changed and why."""

    loaded_with = ("schedule__position__user", "approved_by", "snapshot")

    schedule = models.ForeignKey(WorkSchedule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("версия")
    reason = models.CharField("что изменено и почему", max_length=300, blank=True)
    approved_on = models.DateField("утверждена")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["ScheduleVersion"].as_manager()

    class Meta:
        verbose_name = "версия графика"
        verbose_name_plural = "версии графиков"
        ordering = ["schedule", "-number"]
        constraints = [models.UniqueConstraint(fields=["schedule", "number"], name="schedule_version_once")]

    def __str__(self) -> str:
        return f"версия {self.number} от {self.approved_on:%d.%m.%Y}"


def slot_minutes(starts_at: time, ends_at: time) -> int:
    """Minutes between two times of one day."""
    return (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute


class ScheduleSlot(Owned):
    """A stretch of time on a day of the week, its kind and, for lessons, the group or course that it belongs to."""

    loaded_with = ("schedule__position__user", "group", "cabinet")

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", "индивидуальные занятия"
        GROUP = "group", "групповые занятия"
        DIAGNOSTICS = "diagnostics", "диагностика"
        CONSULTATION = "consultation", "консультации"
        EDUCATION = "education", "просвещение"
        METHODS = "methods", "организационно-методическая работа"

    class Weeks(models.TextChoices):
        EVERY = "every", "каждую неделю"
        ODD = "odd", "1-я, 3-я, 5-я неделя графика"
        EVEN = "even", "2-я, 4-я неделя графика"

    schedule = models.ForeignKey(WorkSchedule, on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField("день", choices=Weekday.choices)
    starts_at = models.TimeField("с")
    ends_at = models.TimeField("до")
    weeks = models.CharField("недели", max_length=5, choices=Weeks.choices, default=Weeks.EVERY)
    kind = models.CharField("вид работы", max_length=12, choices=Kind.choices)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="slots")
    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("примечание", max_length=120, blank=True)

    objects = OwnedQuerySet["ScheduleSlot"].as_manager()

    class Meta:
        verbose_name = "время в графике"
        verbose_name_plural = "время в графике"
        ordering = ["schedule", "weekday", "starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_slot_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["organisation", "weekday", "starts_at"], name="slots_of_a_weekday")]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts_at:%H:%M}—{self.ends_at:%H:%M}"

    @property
    def minutes(self) -> int:
        return slot_minutes(self.starts_at, self.ends_at)


class ClassLesson(Owned):
    """A lesson of a class in its timetable: children of the class are busy then."""

    loaded_with = ("school_class",)

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="timetable")
    weekday = models.PositiveSmallIntegerField("день", choices=Weekday.choices)
    starts_at = models.TimeField("с")
    ends_at = models.TimeField("до")
    subject = models.CharField("предмет", max_length=80)

    objects = OwnedQuerySet["ClassLesson"].as_manager()

    class Meta:
        verbose_name = "урок класса"
        verbose_name_plural = "расписание уроков"
        ordering = ["school_class", "weekday", "starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["school_class", "weekday", "starts_at"], name="one_lesson_of_a_class"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_class_lesson_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts_at:%H:%M}, {self.subject}"
