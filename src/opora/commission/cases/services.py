"""Opening a case and moving it along the table of `flow.py`."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.registers.services import entry_add
from opora.people.children.models import Child

from . import events
from .flow import FINISHED, OPEN, Status, Transition, transition
from .models import Case

CASE_SERIES = "case"


@transaction.atomic
def case_open(*, actor: Actor, child: Child, opened_on: date, edition: str) -> Case:
    """Register an appeal (P-01) and take its number.

    Raises Refusal when the child has an open case: its path must end first.
    """
    require(actor, "case.open")
    if child.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Эта карта принадлежит другой организации.")
    require_own(actor, child)
    _refuse_second(child)
    case = Case(
        organisation=actor.at, child=child, number=0, year=opened_on.year, edition=edition,
        opened_on=opened_on, status_since=opened_on,
    )  # fmt: skip
    entry = entry_add(actor=actor, series=CASE_SERIES, day=opened_on, subject=case, content={"child": child.public_id})
    case.number = entry.number
    case.full_clean(validate_unique=False)
    case.save()
    record(events.CASE_REGISTERED, actor=actor, subject=case, person_id=child.public_id, number=case.number)
    return case


def _refuse_second(child: Child, returning: Case | None = None) -> None:
    """A child has one open case; the child's row is locked, so that two people do not open two."""
    Child.objects.select_for_update().get(pk=child.pk)
    others = Case.objects.filter(child=child, status__in=OPEN)
    running = (others.exclude(pk=returning.pk) if returning else others).first()
    if running is not None:
        raise Refusal("open_case", f"По этому ребёнку уже идёт дело {running.title}: сначала завершите его.")


def case_lock(case: Case, actor: Actor) -> Case:
    """Return the case read anew and locked until the end of the transaction; two people never move it at once.

    Raises PermissionDenied for a case of another organisation.
    """
    require_own(actor, case)
    return Case.objects.select_for_update(of=("self",)).select_related("child", "organisation").get(pk=case.pk)


def step_require(case: Case, action: str) -> Transition:
    """Return the row of the table. Raises Refusal with its clause when the status does not allow the step."""
    row = transition(action)
    if case.status not in row.source:
        raise Refusal(
            "wrong_status",
            f"«{row.title}» сейчас невозможно: дело {case.title} в состоянии «{case.get_status_display()}».",
            row.clause,
        )
    return row


@transaction.atomic
def case_advance(
    *, actor: Actor, case: Case, action: str, on: date, due_on: date | None = None, reason: str = ""
) -> Case:
    """Carry out one step of the table and return the fresh case.

    `on` is the day of the step; `due_on` is the term of the step after it. Raises PermissionDenied, Refusal.
    """
    require(actor, action)
    fresh = case_lock(case, actor)
    row = step_require(fresh, action)
    if fresh.status in FINISHED and row.target not in FINISHED:
        _refuse_second(fresh.child, fresh)
    fresh.status = row.target
    fresh.status_since = on
    fresh.due_on = due_on
    if row.target in FINISHED:
        fresh.finished_on, fresh.finish_reason = on, reason
    elif row.target != Status.SIGNED:
        fresh.finished_on, fresh.finish_reason = None, ""
    fresh.save(update_fields=["status", "status_since", "due_on", "finished_on", "finish_reason"])
    record(
        events.CASE_MOVED, actor=actor, subject=fresh, person_id=fresh.person_id,
        action=action, deed=row.deed, status=str(row.target),
    )  # fmt: skip
    return fresh
