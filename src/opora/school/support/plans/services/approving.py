"""A plan is handed in, examined, returned with remarks, approved; an approved one is opened for changes."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import entry_add, number_next, snapshot_freeze

from ...approval.steps import reason_of, remarks_of
from .. import events
from ..content import FORM, WorkPlanContent, plan_content
from ..models import PlanVersion, WorkPlan
from .steps import PATH

SERIES = "work-plan"


@transaction.atomic
def plan_submit(*, actor: Actor, plan: WorkPlan, on: date) -> WorkPlan:
    """Hand a plan in. One of the head of the service goes straight to the director: nobody examines his own plan.

    Raises PermissionDenied, Refusal: an empty plan, another state.
    """
    fresh, row = PATH.step(actor, plan, "plan.submit")
    if not fresh.items.filter(dropped_on__isnull=True).exists():
        raise Refusal("empty", "В плане нет ни одного мероприятия.", row.clause)
    fresh = PATH.take(actor, fresh, row, submitted_on=on, remarks="")
    return plan_examine(actor=actor, plan=fresh, on=on) if actor.has(Role.SERVICE_HEAD) else fresh


@transaction.atomic
def plan_examine(*, actor: Actor, plan: WorkPlan, on: date) -> WorkPlan:
    """The head of the service has examined the plan. Raises PermissionDenied, Refusal."""
    return PATH.take(actor, *PATH.step(actor, plan, "plan.examine"), examined_on=on)


@transaction.atomic
def plan_return(*, actor: Actor, plan: WorkPlan, remarks: str, on: date) -> WorkPlan:
    """Send a plan back with remarks: the head of the service or the director, until it is approved.

    Raises PermissionDenied, Refusal without remarks.
    """
    fresh, row = PATH.step(actor, plan, "plan.return")
    return PATH.take(actor, fresh, row, remarks=remarks_of(remarks, row), examined_on=None)


@transaction.atomic
def plan_approve(*, actor: Actor, plan: WorkPlan, on: date) -> PlanVersion:
    """Approve a plan: it takes its number, is frozen as a version, and a line stands in the register.

    A later version keeps the number; its line in the register is a correction. Raises PermissionDenied, Refusal.
    """
    fresh, row = PATH.step(actor, plan, "plan.approve")
    if fresh.examined_on and on < fresh.examined_on:
        raise Refusal("day", f"План рассмотрен {fresh.examined_on:%d.%m.%Y}: утверждают не раньше.", row.clause)
    number = fresh.versions.count() + 1
    if fresh.number is None:
        fresh.number, fresh.number_year = number_next(actor=actor, series=SERIES, day=on), on.year
    fresh.approved_on, fresh.approved_by = on, actor.user
    content = plan_content(actor, fresh, version=number, director=actor.label)
    snapshot = snapshot_freeze(actor=actor, form=FORM, subject=fresh, content=dict(content))
    _register(actor, fresh, content, snapshot.sha256, on)
    version = PlanVersion(
        organisation=actor.at, plan=fresh, number=number, reason=fresh.change_reason, approved_on=on,
        approved_by=actor.person, snapshot=snapshot,
    )  # fmt: skip
    version.full_clean()
    version.save()
    fresh.items.filter(approved_in__isnull=True).update(approved_in=number)
    PATH.take(actor, fresh, row, "number", "number_year", "approved_on", "approved_by", change_reason="")
    record(events.PLAN_APPROVED, actor=actor, subject=fresh, number=fresh.number, version=number)
    return version


def _register(actor: Actor, plan: WorkPlan, content: WorkPlanContent, digest: str, on: date) -> None:
    first = Entry.objects.filter(
        organisation=actor.at, series__code=SERIES, kind=Entry.Kind.ENTRY, subject_type=plan._meta.label_lower,
        subject_id=plan.public_id,
    ).first()  # fmt: skip
    entry_add(
        actor=actor, series=SERIES, day=on, subject=plan, corrects=first,
        kind=Entry.Kind.CORRECTION if first else Entry.Kind.ENTRY,
        content={
            "title": content["title"], "whose": content["whose"], "version": content["version"],
            "reason": content["reason"], "snapshot": digest,
        },
    )  # fmt: skip


@transaction.atomic
def plan_change(*, actor: Actor, plan: WorkPlan, reason: str) -> WorkPlan:
    """Open an approved plan for changes: the approved version holds until the next one. Raises Refusal, no reason."""
    fresh, row = PATH.step(actor, plan, "plan.change")
    return PATH.take(
        actor, fresh, row, change_reason=reason_of(reason, row), examined_on=None, submitted_on=None
    )  # fmt: skip
