"""The daily log of the service: each piece of work once, in a minute; every paper is derived from it (S-10, S-12).

Words about a child stand with that child (`EntryChild`), sealed with its key. `topic` and `content` name nobody.
"""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import Q

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Owned
from opora.foundation.vault.fields import SealedTextField
from opora.people.children.models import Child
from opora.school.programmes.models import Activity

from ..groups.models import Lesson
from ..materials.models import Material, WorkDirection
from ..plans.models import PlanItem
from .kinds import moment_after, title_of
from .querysets import EntryChildQuerySet, WorkEntryQuerySet

DAY_OF_WORK = "a day of work, without a name"


class WorkEntry(Owned):
    """One piece of work of one specialist on a day. A draft counts nowhere until it is finished."""

    loaded_with = ("position__user", "lesson__group", "plan_item", "material")

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", "индивидуальное занятие"
        GROUP = "group", "групповое занятие"
        CONSULTATION = "consultation", "консультация"
        DIAGNOSTICS = "diagnostics", "диагностика"
        EDUCATION = "education", "просвещение"
        METHODS = "methods", "организационно-методическая работа"

    class Audience(models.TextChoices):
        PUPIL = "pupil", "обучающиеся"
        PARENT = "parent", "родители"
        TEACHER = "teacher", "педагоги"
        STAFF = "staff", "администрация и специалисты"

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="work_entries", verbose_name="кто")
    on = models.DateField("день")
    starts_at = models.TimeField("начало", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("минут")
    kind = models.CharField("вид работы", max_length=12, choices=Kind.choices)
    direction = models.CharField("направление", max_length=12, choices=WorkDirection.choices)
    audience = models.CharField("с кем", max_length=8, choices=Audience.choices, default=Audience.PUPIL)
    topic = models.CharField("тема, запрос", max_length=300)
    content = models.TextField("что делали", max_length=3000, blank=True)
    outcome = models.TextField("итог", max_length=3000, blank=True)
    people = models.PositiveSmallIntegerField("человек", null=True, blank=True)
    lesson = models.OneToOneField(Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="entry")
    plan_item = models.ForeignKey(
        PlanItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="entries", verbose_name="по плану"
    )
    material = models.ForeignKey(
        Material, on_delete=models.PROTECT, null=True, blank=True, related_name="entries",
        verbose_name="методика, материал",
    )  # fmt: skip
    is_draft = models.BooleanField("черновик", default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = WorkEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "запись о работе"
        verbose_name_plural = "учёт работы"
        ordering = ["-on", "-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=600), name="minutes_of_an_entry"),
        ]
        indexes = [
            models.Index(fields=["organisation", "position", "-on"], name="work_of_a_specialist"),
            models.Index(  # all that figures are counted by: a sum reads no row
                fields=["organisation", "on", "kind", "direction", "audience", "position", "minutes", "people"],
                condition=Q(is_draft=False),
                name="work_counted",
            ),
            models.Index(fields=["organisation", "position", "on"], condition=Q(is_draft=True), name="drafts_of_work"),
            models.Index(
                fields=["plan_item", "organisation", "on", "minutes"], condition=Q(is_draft=False), name="work_by_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on:%d.%m.%Y}"

    @property
    def work_title(self) -> str:
        """«консультация родителей», «индивидуальное занятие»."""
        return title_of(self.kind, self.audience)

    @property
    def ends_at(self) -> time | None:
        """When it was over; None where the beginning is not written down."""
        return moment_after(self.starts_at, self.minutes) if self.starts_at else None


class EntryChild(Owned):
    """A child whom a piece of work was with or about: attendance, what was seen, a measured result."""

    loaded_with = ("entry__position__user", "child")
    person_path = "child__public_id"
    field_classes = {"note": "support_texts", "level": "support_texts", "value": "support_texts"}
    cleared_on_erasure = {"note": "", "level": "", "value": None}
    kept_on_erasure = {"attendance": "a code", "dynamics": "a code"}
    cleared_on_withdrawal = ("note", "level", "value")

    class Attendance(models.TextChoices):
        PRESENT = "present", "на занятии"
        ILL = "ill", "болезнь"
        ABSENT = "absent", "пропуск"

    class Dynamics(models.TextChoices):
        UP = "up", "лучше"
        SAME = "same", "без перемен"
        DOWN = "down", "хуже"

    class Level(models.TextChoices):
        LOW = "low", "низкий"
        BELOW = "below", "ниже среднего"
        MIDDLE = "middle", "средний"
        ABOVE = "above", "выше среднего"
        HIGH = "high", "высокий"

    entry = models.ForeignKey(WorkEntry, on_delete=models.CASCADE, related_name="children")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="work_entries")
    attendance = models.CharField("посещение", max_length=8, choices=Attendance.choices, default=Attendance.PRESENT)
    dynamics = models.CharField("динамика", max_length=5, choices=Dynamics.choices, blank=True)
    value = models.DecimalField("балл", max_digits=7, decimal_places=2, null=True, blank=True)
    level = models.CharField("уровень", max_length=7, choices=Level.choices, blank=True)
    note = SealedTextField("о ребёнке", limit=5000, blank=True)
    activity = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="мероприятие программы сопровождения",
    )  # fmt: skip

    objects = EntryChildQuerySet.as_manager()

    class Meta:
        verbose_name = "ребёнок в записи о работе"
        verbose_name_plural = "дети в записях о работе"
        ordering = ["entry", "pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "child"], name="a_child_is_in_an_entry_once")]
        indexes = [
            models.Index(fields=["organisation", "child", "entry"], name="work_with_a_child"),
            models.Index(  # who came to the work of a term: counted without reading a row
                fields=["entry", "organisation", "attendance", "child"], name="children_of_work"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_attendance_display())

    @property
    def person_id(self) -> str:
        return self.child.public_id
