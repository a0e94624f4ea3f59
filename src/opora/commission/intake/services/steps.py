"""Steps of the path that end or turn the collection of papers."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.commission.cases.models import Case
from opora.commission.cases.services import case_advance, case_lock, step_require
from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

from ..models import Application
from .applications import consents_require
from .bookings import booking_of, booking_release

REASON_LIMIT = 1000


@transaction.atomic
def papers_accept(*, actor: Actor, case: Case, on: date, reason: str = "") -> Case:
    """The step `case.accept_papers`: all obligatory papers are there, or the head says why he goes on without.

    Raises Refusal that names what is missing.
    """
    require(actor, "case.accept_papers")
    fresh = case_lock(case, actor)
    row = step_require(fresh, "case.accept_papers")
    application = Application.objects.select_related("applicant").get(case=fresh)
    consents_require(fresh, application, on)
    missing = list(fresh.papers.missing())
    if missing:
        named = "; ".join(paper.title for paper in missing)
        if not actor.has(Role.COMMISSION_HEAD):
            raise Refusal(
                "incomplete",
                f"Не хватает обязательных документов: {named}. Принять без них может руководитель.",
                row.clause,
            )
        if not reason.strip():
            raise Refusal(
                "no_reason", f"Не хватает: {named}. Напишите, почему дело ведут без них.", row.clause, "reason"
            )
        application.incomplete_reason = _reason(reason)
        application.save(update_fields=["incomplete_reason"])
    return case_advance(actor=actor, case=fresh, action="case.accept_papers", on=on)


@transaction.atomic
def papers_reopen(*, actor: Actor, case: Case, on: date) -> Case:
    """The step `case.reopen_papers`."""
    return case_advance(actor=actor, case=case, action="case.reopen_papers", on=on)


@transaction.atomic
def case_refuse(*, actor: Actor, case: Case, on: date, reason: str) -> Case:
    """The step `case.refuse`: an incomplete or wrongly drawn package, said in words the parent will read."""
    return case_advance(actor=actor, case=case, action="case.refuse", on=on, reason=_reason(reason))


@transaction.atomic
def case_withdraw(*, actor: Actor, case: Case, on: date, reason: str) -> Case:
    """The step `case.withdraw`: the parent takes the application back; a booking he waited for is released."""
    require(actor, "case.withdraw")
    fresh = case_lock(case, actor)
    step_require(fresh, "case.withdraw")
    words = _reason(reason)
    booking = booking_of(fresh)
    if booking is not None:
        booking_release(actor=actor, booking=booking, reason="заявление отозвано", on=on)
    return case_advance(actor=actor, case=fresh, action="case.withdraw", on=on, reason=words)


def _reason(reason: str) -> str:
    words = reason.strip()
    if not words:
        raise Refusal("no_reason", "Напишите причину.", field="reason")
    if len(words) > REASON_LIMIT:
        raise Refusal("long", f"Причина длиннее {REASON_LIMIT} знаков.", field="reason")
    return words
