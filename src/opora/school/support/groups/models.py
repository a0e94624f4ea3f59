"""Correction groups and individual courses, their children with the ground of each, and planned lessons (S-09)."""

from __future__ import annotations

from datetime import date, time

from django.db import models
from django.db.models import F, Q

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Owned
from opora.foundation.vault.fields import SealedTextField
from opora.people.children.models import Child
from opora.school.consilium.models import AgendaItem
from opora.school.duties.models import BroughtConclusion, SchoolDuty
from opora.school.programmes.models import Programme

from ..materials.models import Material, MaterialTopic, WorkDirection
from ..schoolyear.models import Cabinet
from .querysets import GroupMemberQuerySet, GroupQuerySet, LessonQuerySet

DAY_OF_WORK = "a day of work, without a name"


class Group(Owned):
    """Children taught together by one specialist, or one child in an individual course; a title names nobody."""

    loaded_with = ("leader__user", "material", "cabinet")

    class Kind(models.TextChoices):
        GROUP = "group", "группа"
        INDIVIDUAL = "individual", "индивидуальные занятия"

    kind = models.CharField("вид", max_length=10, choices=Kind.choices, default=Kind.GROUP)
    title = models.CharField("название", max_length=200)
    leader = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name="кто ведёт")
    direction = models.CharField(
        "направление", max_length=12, choices=WorkDirection.choices, default=WorkDirection.CORRECTION
    )
    material = models.ForeignKey(
        Material, on_delete=models.PROTECT, null=True, blank=True, related_name="groups",
        verbose_name="рабочая программа",
    )  # fmt: skip
    hours = models.DecimalField("часов по плану", max_digits=5, decimal_places=1, null=True, blank=True)
    limit = models.PositiveSmallIntegerField("детей не больше")
    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    closed_on = models.DateField("закрыта", null=True, blank=True)
    outcome = models.TextField("итоги работы", max_length=4000, blank=True)

    objects = GroupQuerySet.as_manager()
    children: int  # these two are given by `with_counts`
    next_on: date | None

    class Meta:
        verbose_name = "группа"
        verbose_name_plural = "группы и курсы занятий"
        ordering = ["-starts_on", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_group_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(kind="group") | Q(limit=1), name="an_individual_course_has_one_child"),
        ]

    def __str__(self) -> str:
        return self.title


class GroupMember(Owned):
    """A child in a group: on what ground, from when, until when."""

    loaded_with = ("group__leader__user", "child")
    person_path = "child__public_id"
    field_classes = {"ground_note": "support_texts", "outcome": "support_texts"}
    cleared_on_erasure = {"ground_note": "", "outcome": ""}
    kept_on_erasure = {"ground": "a code", "joined_on": DAY_OF_WORK, "left_on": DAY_OF_WORK}
    cleared_on_withdrawal = ("ground_note", "outcome")

    class Ground(models.TextChoices):
        CONSILIUM = "consilium", "рекомендация ППк"
        COMMISSION = "commission", "заключение ПМПК"
        REHABILITATION = "rehabilitation", "ИПРА ребёнка-инвалида"
        PROGRAMME = "programme", "программа сопровождения (ИПС)"

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="group_members")
    ground = models.CharField("основание", max_length=14, choices=Ground.choices)
    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    brought = models.ForeignKey(BroughtConclusion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    duty = models.ForeignKey(
        SchoolDuty, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="какое условие заключения выполняют занятия",
    )  # fmt: skip
    programme = models.ForeignKey(Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ground_note = SealedTextField("реквизиты основания", limit=300, one_line=True, blank=True)
    joined_on = models.DateField("с")
    left_on = models.DateField("по", null=True, blank=True)
    outcome = SealedTextField("результат", limit=3000, blank=True)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "участник группы"
        verbose_name_plural = "участники групп"
        ordering = ["group", "joined_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "child"], condition=Q(left_on__isnull=True), name="a_child_is_in_a_group_once"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="a_member_leaves_after_joining"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()}, с {self.joined_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.child.public_id


class Lesson(Owned):
    """A planned lesson of a group or course. It was held when the log has its entry; a cancelled one says why."""

    loaded_with = ("group__leader__user", "topic", "cabinet")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="lessons")
    on = models.DateField("день")
    starts_at = models.TimeField("начало")
    minutes = models.PositiveSmallIntegerField("минут")
    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(MaterialTopic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_on = models.DateField("отменено", null=True, blank=True)
    cancel_reason = models.CharField("почему", max_length=200, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = "занятие"
        verbose_name_plural = "занятия"
        ordering = ["on", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=240), name="minutes_of_a_lesson"),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | ~Q(cancel_reason=""), name="a_cancelled_lesson_has_its_reason"
            ),
            models.UniqueConstraint(
                fields=["group", "on", "starts_at"], condition=Q(cancelled_on__isnull=True), name="a_lesson_once"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "on"], name="lessons_of_a_day")]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y} {self.starts_at:%H:%M}"

    @property
    def ends_at(self) -> time:
        end = min(self.starts_at.hour * 60 + self.starts_at.minute + self.minutes, 24 * 60 - 1)
        return time(end // 60, end % 60)
