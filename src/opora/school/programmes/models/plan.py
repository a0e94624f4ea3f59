"""The plan: goals, tasks, activities, criteria (K-05, K-06)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Owned
from opora.foundation.vault.fields import SealedTextField

from ..expecting import ActivityQuerySet
from ..querysets import PartQuerySet, WholeQuerySet
from .bank import BankItem
from .programme import Programme
from .words import Audience, Direction, Scale


class OfProgramme(Owned):
    """A part of a programme: of its organisation, of its child, taken from the bank or written by hand.

    `version` grows with each save: an older one never overwrites a newer one.
    """

    loaded_with: ClassVar[tuple[str, ...]] = ("programme__child",)
    person_path = "programme__child__public_id"

    order = models.PositiveSmallIntegerField("№", default=1)
    taken_from = models.ForeignKey(BankItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField("версия", default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField("изменено", auto_now=True)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    @property
    def person_id(self) -> str:
        programme: Programme = getattr(self, "programme")  # noqa: B009 - each part has its own key
        return programme.person_id


class Goal(OfProgramme):
    """A supposed result that those who take part want to reach (000)."""

    field_classes = {"title": "support_texts"}
    cleared_on_erasure = {"title": ""}
    kept_on_erasure = {"order": "a place in a list", "changed_at": "a day of work, without a name"}
    cleared_on_withdrawal = ("title",)

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="goals")
    title = SealedTextField("цель", limit=1000)

    objects = PartQuerySet["Goal"].as_manager()

    class Meta(OfProgramme.Meta):
        verbose_name = "цель программы"
        verbose_name_plural = "цели программы"

    def __str__(self) -> str:
        return f"цель {self.order}"


class Task(OfProgramme):
    """A step or way towards a goal (000)."""

    loaded_with = ("programme__child", "goal")
    field_classes = {"title": "support_texts"}
    cleared_on_erasure = {"title": ""}
    kept_on_erasure = {
        "order": "a place in a list",
        "direction": "a code",
        "changed_at": "a day of work, without a name",
    }
    cleared_on_withdrawal = ("title",)

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="tasks")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="tasks")
    direction = models.CharField("направление", max_length=14, choices=Direction.choices)
    title = SealedTextField("задача", limit=1000)

    objects = PartQuerySet["Task"].as_manager()

    class Meta(OfProgramme.Meta):
        verbose_name = "задача программы"
        verbose_name_plural = "задачи программы"

    def __str__(self) -> str:
        return f"задача {self.order}"


class Activity(OfProgramme):
    """A line of the plan: what is done, with whom, by whom, when, for which result (000)."""

    loaded_with = ("programme__child", "task", "responsible__user")
    field_classes = dict.fromkeys(
        ("title", "participants", "frequency", "outside", "planned_result", "last_mark"), "support_texts"
    )
    cleared_on_erasure = {"title": "", "participants": "", "planned_result": "", "outside": ""}
    kept_on_erasure = {
        "order": "a place in a list", "changed_at": "a day of work, without a name",
        "audience": "a code", "form": "words of a bank, without a name",
        "frequency": "words of a bank, without a name", "starts_on": "a day of work, without a name",
        "ends_on": "a day of work, without a name", "last_mark": "a code", "is_over": "a code",
        "last_mark_on": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("title", "participants", "planned_result", "outside")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="activities")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="activities")
    audience = models.CharField("для кого", max_length=8, choices=Audience.choices)
    title = SealedTextField("мероприятие", limit=1000)
    form = models.CharField("форма проведения", max_length=200, blank=True)
    participants = SealedTextField("участники", limit=500, one_line=True, blank=True)
    responsible = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ответственный"
    )
    outside = SealedTextField("ответственный из другой организации", limit=300, one_line=True, blank=True)
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)
    frequency = models.CharField("как часто", max_length=120, blank=True)
    planned_result = SealedTextField("планируемый результат", limit=1000, blank=True)
    # What the marks say, so that the board of many programmes need not read them: written by `mark_set` alone.
    last_mark = models.CharField("последняя отметка", max_length=10, blank=True, editable=False)
    last_mark_on = models.DateField("отмечено", null=True, blank=True, editable=False)
    is_over = models.BooleanField("больше не ждёт отметок", default=False, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta(OfProgramme.Meta):
        verbose_name = "мероприятие"
        verbose_name_plural = "мероприятия"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="an_activity_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(  # all that the board counts by: it reads no row
                fields=[
                    "organisation",
                    "programme",
                    "starts_on",
                    "ends_on",
                    "last_mark_on",
                    "last_mark",
                    "is_over",
                    "order",
                ],
                condition=Q(is_over=False),
                name="activity_expects_a_mark",
            ),
        ]

    def __str__(self) -> str:
        return f"мероприятие {self.order}"


class Criterion(OfProgramme):
    """An indicator of a result and how it is measured: a scale or a count, where it starts and where it should come."""

    field_classes = {"title": "support_texts", "measure": "support_texts"}
    cleared_on_erasure = {"title": "", "measure": ""}
    kept_on_erasure = {
        "order": "a place in a list", "changed_at": "a day of work, without a name",
        "scale": "a code", "starts_at": "a figure without a name",
        "wanted": "a figure without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("title", "measure")

    Scale = Scale

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="criteria")
    task = models.ForeignKey(Task, on_delete=models.SET_NULL, null=True, blank=True, related_name="criteria")
    title = SealedTextField("критерий", limit=500)
    measure = SealedTextField("чем и как измеряется", limit=500, blank=True)
    scale = models.CharField("шкала", max_length=8, choices=Scale.choices, default=Scale.FIVE)
    starts_at = models.DecimalField("сейчас", max_digits=6, decimal_places=1, null=True, blank=True)
    wanted = models.DecimalField("должно стать", max_digits=6, decimal_places=1, null=True, blank=True)

    objects = WholeQuerySet["Criterion"].as_manager()

    class Meta(OfProgramme.Meta):
        verbose_name = "критерий"
        verbose_name_plural = "критерии"

    def __str__(self) -> str:
        return f"критерий {self.order}"
