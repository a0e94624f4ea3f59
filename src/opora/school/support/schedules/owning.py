"""Whose a schedule is, and who may write in it now."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

from ..approval import CLAUSE, Status
from .flow import WHOSE, WRITERS
from .models import WorkSchedule

OWNER_WRITES = f"График ведёт {WHOSE}."


def owns(actor: Actor, position: Position) -> bool:
    """The specialist himself, or the head of the service for everybody."""
    own = actor.user is not None and position.user_id == actor.user.pk and actor.has(Role.SCHOOL_SPECIALIST)
    return actor.has(Role.SERVICE_HEAD) or own


def position_require(actor: Actor, position: Position) -> None:
    """Raises PermissionDenied for another's post, Refusal for one that is no specialist's."""
    if position.organisation_id != actor.at.pk or not owns(actor, position):
        raise PermissionDenied(OWNER_WRITES)
    if position.role not in WRITERS:
        raise Refusal("position", "График составляют специалисту Службы или её руководителю.", field="position")


def schedule_lock(actor: Actor, schedule: WorkSchedule) -> WorkSchedule:
    """The schedule read anew and locked. Raises PermissionDenied for one of another organisation."""
    require_own(actor, schedule)
    rows = WorkSchedule.objects.select_for_update(of=("self",)).select_related("organisation", "position__user")
    return rows.get(pk=schedule.pk)


def open_require(actor: Actor, schedule: WorkSchedule) -> WorkSchedule:
    """Lock a schedule whose slots the actor may change now. Raises PermissionDenied, Refusal."""
    require(actor, "schedule.write")
    fresh = schedule_lock(actor, schedule)
    if not owns(actor, fresh.position):
        raise PermissionDenied(OWNER_WRITES)
    if fresh.status == Status.APPROVED:
        raise Refusal(
            "approved", "График утверждён. Чтобы менять его, нажмите «Внести изменения» и напишите причину.", CLAUSE
        )  # fmt: skip
    if not fresh.is_open:
        raise Refusal("not_open", f"График сейчас {fresh.get_status_display()}: его меняют после возврата.", CLAUSE)
    return fresh
