"""«Вырастить»: a narrower plan takes the lines of the wider one whose days meet its term; each remembers its origin."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from .. import events
from ..models import PlanItem, WorkPlan
from ..terms import wider
from .steps import open_require

COPIED = ("direction", "aim", "title", "participants", "expected_result")


def _wider_plans(plan: WorkPlan) -> QuerySet[WorkPlan]:
    """Wider plans of the same owner and of the service, whose term meets that of the plan."""
    rows = WorkPlan.objects.of(plan.organisation).meeting(plan.starts_on, plan.ends_on)
    return rows.filter(Q(owner=plan.owner) | Q(owner__isnull=True)).exclude(pk=plan.pk)


def _nearest(plans: list[WorkPlan], horizons: tuple[str, ...]) -> list[WorkPlan]:
    for horizon in horizons:
        found = [one for one in plans if one.horizon == horizon]
        if found:
            return found
    return []


def wider_plan(plan: WorkPlan) -> WorkPlan | None:
    """The plan out of which this one grows: of the same owner, else of the service."""
    plans = list(_wider_plans(plan).filter(starts_on__lte=plan.starts_on).order_by("-starts_on"))
    horizons = wider(plan.horizon)
    own = _nearest([one for one in plans if one.owner_id == plan.owner_id], horizons)
    return next(iter(own or _nearest([one for one in plans if one.owner_id is None], horizons)), None)


def growable(plan: WorkPlan) -> list[PlanItem]:
    """Lines that the plan may take: of the nearest wider plan of its owner; for a specialist also what the service's
    plan of the same or the nearest wider term gives to him. What was taken already is left out.
    """
    plans, horizons = list(_wider_plans(plan)), wider(plan.horizon)
    own = _nearest([one for one in plans if one.owner_id == plan.owner_id], horizons)
    common = []
    if plan.owner_id:
        common = _nearest([one for one in plans if one.owner_id is None], (plan.horizon, *horizons))
    user = plan.owner.user_id if plan.owner else None
    wanted = Q(plan__in=own) | Q(plan__in=common, responsible__user=user)
    rows = PlanItem.objects.of(plan.organisation).meeting(plan.starts_on, plan.ends_on).filter(wanted)
    found = list(rows.select_related("plan").order_by("plan__owner", "order", "pk"))
    here = plan.items.filter(origin__isnull=False).values_list("origin", flat=True)
    known = _with_ancestors({key for key in (*here, *(one.origin_id for one in found)) if key})
    return [one for one in found if one.pk not in known]


def _with_ancestors(keys: set[int]) -> set[int]:
    """Lines, and all out of which they grew: what came by a nearer plan does not come once more by a wider one."""
    known, level = set(keys), set(keys)
    while level:
        origins = PlanItem.objects.filter(pk__in=level, origin__isnull=False).values_list("origin", flat=True)
        level = {key for key in origins if key} - known
        known |= level
    return known


def grow_into(plan: WorkPlan) -> list[PlanItem]:
    """Copy what may be taken. Called inside the transaction of a service that has checked the right."""
    last = plan.items.aggregate(last=Max("order"))["last"] or 0
    made = []
    for number, source in enumerate(growable(plan), start=last + 1):
        item = PlanItem(
            organisation=plan.organisation, plan=plan, origin=source, order=number,
            responsible_id=source.responsible_id or plan.owner_id,
            starts_on=max(source.starts_on, plan.starts_on), ends_on=min(source.ends_on, plan.ends_on),
            **{name: getattr(source, name) for name in COPIED},
        )  # fmt: skip
        item.save()
        made.append(item)
    return made


@transaction.atomic
def plan_grow(*, actor: Actor, plan: WorkPlan) -> list[PlanItem]:
    """Take the lines of the wider plan that are not here yet. Raises PermissionDenied, Refusal."""
    fresh = open_require(actor, plan)
    if fresh.parent_id is None:
        fresh.parent = wider_plan(fresh)
        fresh.save(update_fields=["parent"])
    made = grow_into(fresh)
    if made:
        record(events.PLAN_GROWN, actor=actor, subject=fresh, count=len(made))
    return made
