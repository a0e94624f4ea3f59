"""Moving a programme along the table of `flow.py`, and who may write in it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor, SystemActor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.people.law import law_on

from .. import events
from ..flow import CURATORS, LETTER, Status, Transition, transition
from ..models import Programme

LAST_YEAR = 2100
CURATOR_WRITES = "Программу ведут её куратор и председатель ППк."


def start_require(day: date) -> None:
    """Raises Refusal for a slip of the pen in the year: the law begins somewhere, and the calendar ends."""
    try:
        law_on(day)
    except LookupError:
        raise Refusal("year", "Проверьте год.", field="starts_on") from None
    if day.year > LAST_YEAR:
        raise Refusal("year", "Проверьте год.", field="starts_on")


def may_lead(actor: Actor, programme: Programme) -> bool:
    """The curator of this programme and the chair of the consilium write in it and take its steps."""
    if isinstance(actor, SystemActor) or actor.has(Role.CONSILIUM_CHAIR):
        return True
    return actor.user is not None and programme.curator.user_id == actor.user.pk


def programme_lock(programme: Programme, actor: Actor) -> Programme:
    """Return the programme read anew and locked until the end of the transaction.

    Raises PermissionDenied for one of another organisation, of a child of others' work, or frozen.
    """
    require_own(actor, programme)
    return (
        Programme.objects.select_for_update(of=("self",))
        .select_related("child", "organisation", "curator__user", "item__meeting", "previous")
        .get(pk=programme.pk)
    )


def lead_require(actor: Actor, programme: Programme) -> Programme:
    """Lock a programme that the actor leads. Raises PermissionDenied."""
    fresh = programme_lock(programme, actor)
    if not may_lead(actor, fresh):
        raise PermissionDenied(CURATOR_WRITES)
    return fresh


def step_require(programme: Programme, action: str) -> Transition:
    """Return the row of the table. Raises Refusal with its clause when the state does not allow the step."""
    row = transition(action)
    if programme.status not in row.source:
        raise Refusal(
            "wrong_status",
            f"«{row.title}» сейчас невозможно: программа в состоянии «{programme.get_status_display()}».",
            row.clause,
        )
    return row


@transaction.atomic
def programme_advance(*, actor: Actor, programme: Programme, action: str, on: date) -> Programme:
    """Carry out one step of the table and return the fresh programme. Raises PermissionDenied, Refusal."""
    require(actor, action)
    fresh = programme_lock(programme, actor)
    row = step_require(fresh, action)
    if row.roles == CURATORS and not may_lead(actor, fresh):
        raise PermissionDenied(CURATOR_WRITES)
    fresh.status, fresh.status_since = row.target, on
    fresh.save(update_fields=["status", "status_since"])
    record(
        events.PROGRAMME_MOVED, actor=actor, subject=fresh, person_id=fresh.person_id,
        action=action, deed=row.deed, status=str(row.target),
    )  # fmt: skip
    return fresh


def draft_require(programme: Programme) -> None:
    """Raises Refusal unless the programme is drawn up now."""
    if programme.status == Status.DRAFT:
        return
    if programme.is_over:
        raise Refusal("over", f"Программа в состоянии «{programme.get_status_display()}»: она больше не меняется.")
    raise Refusal(
        "not_draft",
        f"Программа в состоянии «{programme.get_status_display()}». Чтобы менять её, верните её в работу.",
        f"{LETTER}: куратор вносит изменения и дополнения после обсуждения с семьёй",
    )
