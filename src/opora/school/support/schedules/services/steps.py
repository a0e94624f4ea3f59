"""A schedule is handed in, examined, returned with remarks, approved; an approved one is opened for changes."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.foundation.registers.services import snapshot_freeze

from ...approval.steps import Path, reason_of, remarks_of
from .. import events
from ..content import FORM, schedule_content
from ..flow import FLOW
from ..models import ScheduleVersion, WorkSchedule
from ..owning import OWNER_WRITES, owns, schedule_lock

PATH = Path(
    FLOW, events.SCHEDULE_MOVED, "графика", schedule_lock, lambda actor, schedule: owns(actor, schedule.position),
    OWNER_WRITES, lambda schedule, row: {
        "action": row.action, "deed": f"График: {row.deed.lower()}", "status": str(row.target)
    },
)  # fmt: skip


@transaction.atomic
def schedule_submit(*, actor: Actor, schedule: WorkSchedule) -> WorkSchedule:
    """Hand a schedule in. The head's own hand takes it straight to the director: nobody examines his own paper.

    Raises PermissionDenied, Refusal: an empty schedule, another state.
    """
    fresh, row = PATH.step(actor, schedule, "schedule.submit")
    if not fresh.slots.exists():
        raise Refusal("empty", "В графике нет ни одной строки.", row.clause)
    moved = PATH.take(actor, fresh, row, remarks="")
    return schedule_examine(actor=actor, schedule=moved) if actor.has(Role.SERVICE_HEAD) else moved


@transaction.atomic
def schedule_examine(*, actor: Actor, schedule: WorkSchedule) -> WorkSchedule:
    """The head of the service has examined it. Raises PermissionDenied, Refusal."""
    return PATH.take(actor, *PATH.step(actor, schedule, "schedule.examine"))


@transaction.atomic
def schedule_return(*, actor: Actor, schedule: WorkSchedule, remarks: str) -> WorkSchedule:
    """Send it back with remarks. Raises PermissionDenied, Refusal without remarks."""
    fresh, row = PATH.step(actor, schedule, "schedule.return")
    return PATH.take(actor, fresh, row, remarks=remarks_of(remarks, row))


@transaction.atomic
def schedule_approve(*, actor: Actor, schedule: WorkSchedule, on: date) -> ScheduleVersion:
    """Approve it: the paper is frozen as a version. Raises PermissionDenied, Refusal."""
    fresh, row = PATH.step(actor, schedule, "schedule.approve")
    number = fresh.versions.count() + 1
    fresh.approved_on, fresh.approved_by = on, actor.user
    content = schedule_content(fresh, version=number, director=actor.label)
    fresh.snapshot = snapshot_freeze(actor=actor, form=FORM, subject=fresh, content=dict(content))
    version = ScheduleVersion(
        organisation=actor.at, schedule=fresh, number=number, reason=fresh.change_reason, approved_on=on,
        approved_by=actor.user, snapshot=fresh.snapshot,
    )  # fmt: skip
    version.full_clean()
    version.save()
    PATH.take(actor, fresh, row, "approved_on", "approved_by", "snapshot", change_reason="", remarks="")
    record(events.SCHEDULE_APPROVED, actor=actor, subject=fresh, version=number)
    return version


@transaction.atomic
def schedule_change(*, actor: Actor, schedule: WorkSchedule, reason: str) -> WorkSchedule:
    """Open an approved one for changes: its version holds until the next. Raises Refusal without a reason."""
    fresh, row = PATH.step(actor, schedule, "schedule.change")
    return PATH.take(actor, fresh, row, change_reason=reason_of(reason, row))
