"""A plan is begun, its aim and tasks are written, a draft is thrown away."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from ...schoolyear.bounds import year_require
from .. import events
from ..models import WorkPlan
from ..terms import term_of
from .growing import grow_into, wider_plan
from .steps import OWNER_WRITES, may_write, open_require


@transaction.atomic
def plan_open(*, actor: Actor, horizon: str, day: date, owner: Position | None = None, grow: bool = True) -> WorkPlan:
    """Begin the plan whose term holds a day; `owner` None: of the whole service. `grow` takes the wider plan's lines.

    Raises PermissionDenied for somebody else's plan; Refusal for a year that is none, a second plan of a term, an
    owner who has left.
    """
    require(actor, "plan.write")
    if horizon not in WorkPlan.Horizon.values:
        raise Refusal("horizon", "Такого плана нет: выберите год, месяц или неделю.", field="horizon")
    year_require(day, "day")
    term = term_of(horizon, day)
    if owner is not None:
        require_own(actor, owner)
        if owner.ended_on is not None and owner.ended_on < term.starts_on:
            raise Refusal("left", "Этот сотрудник к началу плана уже не работает.", field="owner")
    plan = WorkPlan(organisation=actor.at, horizon=horizon, owner=owner, starts_on=term.starts_on, ends_on=term.ends_on)
    if not may_write(actor, plan):
        raise PermissionDenied(OWNER_WRITES)
    if WorkPlan.objects.of(actor.at).filter(horizon=horizon, owner=owner, starts_on=term.starts_on).exists():
        raise Refusal("known", "Такой план на этот срок уже есть.", field="day")
    plan.parent = wider_plan(plan)
    plan.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise Refusal("known", "Такой план только что завели.", field="day") from None
    grown = grow_into(plan) if grow else []
    record(
        events.PLAN_OPENED, actor=actor, subject=plan, horizon=str(plan.get_horizon_display()), count=len(grown)
    )  # fmt: skip
    return plan


@transaction.atomic
def plan_words_set(*, actor: Actor, plan: WorkPlan, aim: str, tasks: str) -> WorkPlan:
    """Write the aim and the tasks of a plan. Raises PermissionDenied, Refusal."""
    fresh = open_require(actor, plan)
    given = {"aim": aim.strip(), "tasks": tasks.strip()}
    changed = [name for name, value in given.items() if getattr(fresh, name) != value]
    if not changed:
        return fresh
    for name in changed:
        setattr(fresh, name, given[name])
    fresh.full_clean(validate_unique=False, validate_constraints=False)
    fresh.save(update_fields=changed)
    words = ", ".join(str(WorkPlan._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
    record(events.PLAN_WORDS_CHANGED, actor=actor, subject=fresh, fields=words)
    return fresh


@transaction.atomic
def plan_remove(*, actor: Actor, plan: WorkPlan) -> None:
    """Throw a draft away; one that was approved stays. Raises PermissionDenied, Refusal."""
    fresh = open_require(actor, plan)
    if fresh.is_amended:
        raise Refusal("approved", "План уже утверждали: он остаётся. Снимите мероприятия с причиной.")
    if fresh.narrower.exists():
        raise Refusal("narrower", "Из этого плана уже выросли планы на меньший срок: сначала удалите их.")
    record(events.PLAN_REMOVED, actor=actor, subject=fresh, horizon=str(fresh.get_horizon_display()))
    fresh.delete()
