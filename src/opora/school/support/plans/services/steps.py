"""Who may write in a plan, and the path that its steps are taken along."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor, SystemActor
from opora.foundation.accounts.roles import Role

from ...approval import CLAUSE, Status
from ...approval.steps import Path
from .. import events
from ..flow import FLOW, WHOSE
from ..models import WorkPlan

OWNER_WRITES = f"План ведёт {WHOSE}."


def may_write(actor: Actor, plan: WorkPlan) -> bool:
    """The owner writes in his plan, the head of the service in every one."""
    if isinstance(actor, SystemActor) or actor.has(Role.SERVICE_HEAD):
        return True
    own = plan.owner is not None and actor.user is not None and plan.owner.user_id == actor.user.pk
    return own and actor.has(Role.SCHOOL_SPECIALIST)


def plan_lock(actor: Actor, plan: WorkPlan) -> WorkPlan:
    """The plan read anew and locked. Raises PermissionDenied for one of another organisation."""
    require_own(actor, plan)
    rows = WorkPlan.objects.select_for_update(of=("self",)).select_related("organisation", "owner__user")
    return rows.get(pk=plan.pk)


def open_require(actor: Actor, plan: WorkPlan) -> WorkPlan:
    """Lock a plan whose lines the actor may change now. Raises PermissionDenied, Refusal."""
    require(actor, "plan.write")
    fresh = plan_lock(actor, plan)
    if not may_write(actor, fresh):
        raise PermissionDenied(OWNER_WRITES)
    if not fresh.is_open:
        raise Refusal("not_open", _closed(fresh), CLAUSE)
    return fresh


def _closed(plan: WorkPlan) -> str:
    if plan.status == Status.APPROVED:
        return "План утверждён. Чтобы менять его, нажмите «Внести изменения» и напишите причину."
    return f"План сейчас {plan.get_status_display()}: его меняют, когда вернут на доработку."


PATH = Path(FLOW, events.PLAN_MOVED, "плана", plan_lock, may_write, OWNER_WRITES)
