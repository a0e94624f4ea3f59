"""Plans of the service and of its specialists: a week grows out of the month, the month out of the year (S-01)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Owned
from opora.foundation.registers.models import Snapshot

from ..approval import OPEN, Status
from ..materials.models import WorkDirection
from .querysets import PlanItemQuerySet, PlanVersionQuerySet, WorkPlanQuerySet

COLOURS = {
    Status.DRAFT: "neutral", Status.SUBMITTED: "soon", Status.EXAMINED: "soon", Status.RETURNED: "late",
    Status.APPROVED: "done",
}  # fmt: skip


class WorkPlan(Owned):
    """A plan for a term: of the whole service, or of the specialist who is its owner. It holds nobody's name."""

    loaded_with = ("owner__user", "parent", "approved_by")

    class Horizon(models.TextChoices):
        PERSPECTIVE = "perspective", "перспективный план"
        YEAR = "year", "годовой план"
        MONTH = "month", "план на месяц"
        WEEK = "week", "план на неделю"

    horizon = models.CharField("план", max_length=12, choices=Horizon.choices)
    owner = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="чей план"
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="narrower")
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    aim = models.TextField("цель", max_length=2000, blank=True)
    tasks = models.TextField("задачи", max_length=4000, blank=True)
    status = models.CharField("состояние", max_length=10, choices=Status.choices, default=Status.DRAFT)
    remarks = models.TextField("замечания", max_length=4000, blank=True)
    examined_on = models.DateField("рассмотрен руководителем Службы", null=True, blank=True)
    approved_on = models.DateField("утверждён", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField("№", null=True, blank=True)  # taken at the first approval, kept by versions
    number_year = models.PositiveSmallIntegerField("год номера", null=True, blank=True)
    submitted_on = models.DateField("отдан на рассмотрение", null=True, blank=True)
    change_reason = models.CharField("почему меняется", max_length=500, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = WorkPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "план работы"
        verbose_name_plural = "планы работы"
        ordering = ["-starts_on", "horizon", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_plan_ends_after_it_starts"),
            # Two of them: SQLite has no unique key in which an empty value is equal to another one.
            models.UniqueConstraint(
                fields=["organisation", "horizon", "owner", "starts_on"],
                condition=Q(owner__isnull=False),
                name="one_plan_of_a_term",
            ),
            models.UniqueConstraint(
                fields=["organisation", "horizon", "starts_on"],
                condition=Q(owner__isnull=True),
                name="one_plan_of_the_service_for_a_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_horizon_display()} с {self.starts_on:%d.%m.%Y}"

    @property
    def is_open(self) -> bool:
        """Whether its lines may be changed."""
        return self.status in OPEN

    @property
    def colour(self) -> str:
        """The colour of its state on a page."""
        return COLOURS[Status(self.status)]

    @property
    def is_amended(self) -> bool:
        """Approved before: what is taken off needs its reason."""
        return self.number is not None


class PlanItem(Owned):
    """A line of a plan. A line of a narrower plan says from which line of the wider one it grew."""

    loaded_with = ("plan", "responsible__user", "origin")

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="items")
    origin = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="grown")
    order = models.PositiveSmallIntegerField("№", default=1)
    direction = models.CharField("направление", max_length=12, choices=WorkDirection.choices)
    aim = models.CharField("цель", max_length=500, blank=True)
    title = models.CharField("мероприятие", max_length=500)
    participants = models.CharField("участники", max_length=300, blank=True)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    responsible = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ответственный"
    )
    expected_result = models.CharField("результат", max_length=500, blank=True)
    dropped_on = models.DateField("снято", null=True, blank=True)
    drop_reason = models.CharField("почему снято", max_length=300, blank=True)
    version = models.PositiveIntegerField("версия", default=0)
    approved_in = models.PositiveSmallIntegerField("с версии плана", null=True, blank=True)  # the first that holds it

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = "мероприятие плана"
        verbose_name_plural = "мероприятия плана"
        ordering = ["plan", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_plan_item_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True) | ~Q(drop_reason=""), name="a_dropped_item_has_its_reason"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "starts_on", "ends_on"], name="plan_items_of_days")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_dropped(self) -> bool:
        return self.dropped_on is not None

    @property
    def is_approved(self) -> bool:
        """Whether it stands in a version of the plan: then it is taken off with a reason, never removed."""
        return self.approved_in is not None


class PlanVersion(Owned):
    """What the director approved: frozen; a change after approval makes the next version with its reason."""

    loaded_with = ("plan", "snapshot", "approved_by")

    plan = models.ForeignKey(WorkPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("версия")
    reason = models.CharField("что изменено и почему", max_length=500, blank=True)
    approved_on = models.DateField("утверждена")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "версия плана"
        verbose_name_plural = "версии плана"
        ordering = ["plan", "-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"версия {self.number}"
