"""The child comes, waits, is released, or does not come (P-11)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.cases.services import case_advance, case_lock, step_require
from opora.commission.editions.laws import law_of
from opora.commission.intake.models import Application, Booking, Slot
from opora.commission.intake.services import booking_arrive, booking_make, booking_miss, consents_require
from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.regulations.calendar import add_working_days

from .. import events
from ..models import Examination, Session, Visit
from .sessions import day_list_sync, running_require, session_lock, session_plan, session_start

EXTRA_MINUTES = 60
STEP = 5


def visit_lock(visit: Visit, actor: Actor) -> Visit:
    """Return the visit read anew and locked; who locks its case too does so before (order: case, visit, sheet)."""
    require_own(actor, visit)
    return (
        Visit.objects.select_for_update(of=("self",))
        .select_related("case__child", "session__place", "booking__slot")
        .get(pk=visit.pk)
    )


def conclusion_due(case: Case, examined_on: date) -> date:
    """When the copy of the conclusion must be ready, counted from the examination."""
    return add_working_days(examined_on, law_of(case, examined_on).term("conclusion_copy").value)


def _require_day(session: Session, on: date) -> None:
    if session.day > on:
        raise Refusal("too_early", f"Заседание назначено на {session.day:%d.%m.%Y}: этот день ещё не наступил.")


@transaction.atomic
def visit_arrive(*, actor: Actor, visit: Visit, on: date) -> Visit:
    """The child has come: the visit waits, the booking is fulfilled, the case goes to examination.

    A second call changes nothing. The first arrival starts the session. Raises PermissionDenied, Refusal.
    """
    require(actor, "case.arrive")
    case = case_lock(visit.case, actor)
    fresh = visit_lock(visit, actor)
    if fresh.has_come:
        return fresh
    running_require(fresh.session)
    _require_day(fresh.session, on)
    if fresh.state == Visit.State.MISSED:
        raise Refusal("missed", "Отмечена неявка. Добавьте ребёнка в список дня заново.")
    if case.status != Status.EXAMINATION:
        step_require(case, "case.arrive")
        consents_require(case, Application.objects.select_related("applicant").get(case=case), on)
        if fresh.booking is not None:
            booking_arrive(actor=actor, booking=fresh.booking)
        case_advance(actor=actor, case=case, action="case.arrive", on=on, due_on=conclusion_due(case, on))
    if fresh.session.state == Session.State.PLANNED:
        session_start(actor=actor, session=fresh.session)
    fresh.state, fresh.arrived_at = Visit.State.WAITING, timezone.now()
    fresh.save(update_fields=["state", "arrived_at"])
    record(events.VISIT_ARRIVED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


@transaction.atomic
def case_arrive(*, actor: Actor, case: Case, on: date) -> Visit:
    """Arrival from the page of a case: the session of the day is planned when nobody has done it yet."""
    require(actor, "case.arrive")
    step_require(case_lock(case, actor), "case.arrive")
    booking = Booking.objects.visible_to(actor).filter(case=case, state=Booking.State.BOOKED).first()
    if booking is None:
        raise Refusal("not_booked", "Записи на обследование нет: сначала выберите время.")
    if booking.slot.day != on:
        raise Refusal(
            "another_day",
            f"Запись — на {booking.slot.day:%d.%m.%Y}. Перенесите её на сегодня и отметьте приход.",
        )
    session = Session.objects.visible_to(actor).filter(day=on, place=booking.slot.place).first()
    if session is None:
        session = session_plan(actor=actor, day=on, place=booking.slot.place, on=on)
    running_require(session)
    day_list_sync(actor=actor, session=session)
    return visit_arrive(actor=actor, visit=session.visits.get(case=case), on=on)


@transaction.atomic
def visit_miss(*, actor: Actor, visit: Visit, reason: str, on: date) -> Visit:
    """The child has not come: the booking is spent, the case may be booked again."""
    require(actor, "case.miss")
    case_lock(visit.case, actor)
    fresh = visit_lock(visit, actor)
    if fresh.state == Visit.State.MISSED:
        return fresh
    running_require(fresh.session)
    _require_day(fresh.session, on)
    if fresh.state != Visit.State.EXPECTED:
        raise Refusal("has_come", "Приход уже отмечен.")
    if fresh.booking is not None and fresh.booking.state == Booking.State.BOOKED:
        booking_miss(actor=actor, booking=fresh.booking, reason=reason, on=on)
    fresh.state = Visit.State.MISSED
    fresh.save(update_fields=["state"])
    record(events.VISIT_MISSED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


@transaction.atomic
def visit_add(*, actor: Actor, session: Session, case: Case, on: date, starts: time | None = None) -> Visit:
    """Add a case to the day list late: it gets a slot of its own and a booking like all others.

    A case that is under examination already comes again without a booking. `starts` is needed for a day to come.
    """
    require(actor, "session.plan")
    locked = case_lock(case, actor)
    fresh = session_lock(session, actor)
    running_require(fresh)
    if locked.status == Status.EXAMINATION:
        visit, added = Visit.objects.get_or_create(
            session=fresh, case=locked, defaults={"organisation": actor.at, "starts": starts}
        )
        if not added:
            raise Refusal("listed", "Этот ребёнок уже в списке дня.", field="case")
    else:
        step_require(locked, "case.book")
        slot = _extra_slot(actor, fresh, on, starts)
        booking_make(actor=actor, case=locked, slot=slot, on=on)
        day_list_sync(actor=actor, session=fresh)
        visit = fresh.visits.get(case=locked)
    record(events.VISIT_ADDED, actor=actor, subject=visit, person_id=locked.person_id)
    return visit


def _extra_slot(actor: Actor, session: Session, on: date, starts: time | None) -> Slot:
    now = timezone.localtime()
    if starts is None:
        if session.day != on:
            raise Refusal("no_time", "Укажите время приёма.", field="starts")
        minutes = -(-(now.hour * 60 + now.minute + 1) // STEP) * STEP
        starts = time(minutes // 60 % 24, minutes % 60) if minutes < 23 * 60 else time(23, 0)
    ends = (datetime.combine(session.day, starts) + timedelta(minutes=EXTRA_MINUTES)).time()
    if ends <= starts:
        ends = time(23, 59)
    same = Slot.objects.visible_to(actor).filter(place=session.place, day=session.day, starts=starts)
    seat = max(same.values_list("seat", flat=True), default=0) + 1
    slot = Slot(organisation=actor.at, place=session.place, day=session.day, starts=starts, ends=ends, seat=seat)
    slot.full_clean()
    slot.save()
    return slot


@transaction.atomic
def visit_release(*, actor: Actor, visit: Visit) -> Visit:
    """The family may go: nobody has the child any more. Sheets may still be written."""
    require(actor, "visit.release")
    fresh = visit_lock(visit, actor)
    if fresh.state == Visit.State.DONE:
        return fresh
    if not fresh.has_come:
        raise Refusal("not_arrived", "Ребёнок ещё не пришёл.")
    Examination.objects.filter(visit=fresh, is_here=True).update(is_here=False)
    fresh.state = Visit.State.DONE
    fresh.save(update_fields=["state"])
    record(events.VISIT_RELEASED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh
