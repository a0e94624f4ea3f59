"""Planning a session, its day list and its members (P-11)."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from opora.commission.intake.models import Booking, Place
from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position, Undertaking
from opora.foundation.access.querysets import PositionQuerySet
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record

from .. import events
from ..models import Session, SessionMember, Visit

SECTION_2 = "письмо ВК-1074/07, разд. 2"
LIVE = (Booking.State.BOOKED, Booking.State.ARRIVED)


def composition_on(actor: Actor, day: date) -> PositionQuerySet:
    """Posts of the commission's composition in force on the day whose holders have signed the undertaking (2.19)."""
    sworn = Undertaking.objects.visible_to(actor).values("user")
    return (
        Position.objects.visible_to(actor)
        .held_on(day)
        .filter(in_composition=True, role__in=(Role.COMMISSION_HEAD, Role.COMMISSION_SPECIALIST), user__in=sworn)
        .select_related("user")
    )


@transaction.atomic
def session_plan(*, actor: Actor, day: date, place: Place, on: date, kind: str = Session.Kind.ON_SITE) -> Session:
    """Plan the session of a day at a place, with its members and its day list made from the bookings.

    `on` is today. Raises Refusal for a past day and for a session that exists already.
    """
    require(actor, "session.plan")
    if place.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Это место приёма принадлежит другой организации.", field="place")
    if day < on:
        raise Refusal("past", "Этот день уже прошёл: назначьте заседание на сегодня или позже.", field="day")
    taken = Refusal("planned", f"Заседание {day:%d.%m.%Y}, {place} уже назначено.", field="day")
    if Session.objects.visible_to(actor).filter(day=day, place=place).exists():
        raise taken
    session = Session(organisation=actor.at, day=day, place=place, kind=kind)
    session.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError:
        raise taken from None  # a colleague was first by a moment
    SessionMember.objects.bulk_create(
        SessionMember(organisation=actor.at, session=session, position=position)
        for position in composition_on(actor, day)
    )
    record(events.SESSION_PLANNED, actor=actor, subject=session, day=f"{day:%d.%m.%Y}")
    day_list_sync(actor=actor, session=session)
    return session


@transaction.atomic
def day_list_sync(*, actor: Actor, session: Session) -> int:
    """Bring the day list in line with the bookings of the day; return how many rows were changed.

    Two queries when nothing has changed, so that the board may ask each time it is read. A row is taken off only
    while the child is expected: what has happened stays.
    """
    require(actor, "session.view")
    require_own(actor, session)
    if session.state == Session.State.CLOSED:
        return 0
    wanted = _bookings_of(session)
    visits = {visit.case_id: visit for visit in session.visits.all()}
    changed = sum(_align(visit, wanted.get(case_id)) for case_id, visit in visits.items())
    fresh = [
        Visit(organisation_id=session.organisation_id, session=session, case_id=case_id,
              booking=booking, starts=booking.slot.starts)
        for case_id, booking in wanted.items()
        if case_id not in visits and booking.state in LIVE
    ]  # fmt: skip
    if fresh:
        Visit.objects.bulk_create(fresh, ignore_conflicts=True)
    changed += len(fresh)
    if changed:
        record(events.DAY_LIST_SYNCED, actor=actor, subject=session, count=changed)
    return changed


def _bookings_of(session: Session) -> dict[int, Booking]:
    """The booking of each case on the day at the place; a live one goes before a missed one."""
    found = Booking.objects.filter(
        organisation_id=session.organisation_id,
        slot__day=session.day,
        slot__place_id=session.place_id,
        state__in=(*LIVE, Booking.State.MISSED),
    ).select_related("slot")
    return {one.case_id: one for one in sorted(found, key=lambda one: (one.state in LIVE, one.pk))}


def _align(visit: Visit, booking: Booking | None) -> int:
    if visit.has_come:
        return 0
    if booking is None:
        if visit.state == Visit.State.EXPECTED and visit.booking_id is not None:
            visit.delete()
            return 1
        return 0
    state = Visit.State.MISSED if booking.state == Booking.State.MISSED else Visit.State.EXPECTED
    now = (visit.booking_id, visit.starts, visit.state)
    if now == (booking.pk, booking.slot.starts, state):
        return 0
    visit.booking, visit.starts, visit.state = booking, booking.slot.starts, state
    visit.save(update_fields=["booking", "starts", "state"])
    return 1


def session_lock(session: Session, actor: Actor) -> Session:
    """Return the session read anew and locked until the end of the transaction.

    Raises PermissionDenied for a session of another organisation.
    """
    require_own(actor, session)
    return Session.objects.select_for_update(of=("self",)).select_related("place").get(pk=session.pk)


def running_require(session: Session) -> None:
    """Raise Refusal when the session is closed."""
    if session.state == Session.State.CLOSED:
        raise Refusal("closed", "Заседание завершено. Возобновить его может руководитель комиссии.")


@transaction.atomic
def session_start(*, actor: Actor, session: Session) -> Session:
    """Begin the session; the first arrival of the day does the same."""
    require(actor, "session.plan")
    fresh = session_lock(session, actor)
    running_require(fresh)
    if fresh.state == Session.State.PLANNED:
        fresh.state = Session.State.RUNNING
        fresh.save(update_fields=["state"])
        record(events.SESSION_STARTED, actor=actor, subject=fresh)
    return fresh


@transaction.atomic
def session_close(*, actor: Actor, session: Session) -> Session:
    """End the session. Raises Refusal while a child is expected or waits, and when nobody was present."""
    require(actor, "session.plan")
    fresh = session_lock(session, actor)
    if fresh.state == Session.State.CLOSED:
        return fresh
    open_states = (Visit.State.EXPECTED, Visit.State.WAITING, Visit.State.WITH)
    left = list(fresh.visits.filter(state__in=open_states).select_related("case__child"))
    if left:
        names = ", ".join(visit.case.child.short_name for visit in left)
        raise Refusal("children_left", f"Отметьте приход, неявку или окончание приёма: {names}.")
    if not fresh.members.filter(is_present=True).exists():
        raise Refusal("nobody_present", "Отметьте, кто из членов комиссии присутствовал.", SECTION_2)
    fresh.state = Session.State.CLOSED
    fresh.save(update_fields=["state"])
    record(events.SESSION_CLOSED, actor=actor, subject=fresh)
    return fresh


@transaction.atomic
def session_reopen(*, actor: Actor, session: Session) -> Session:
    """Take back the end of a session."""
    require(actor, "session.reopen")
    fresh = session_lock(session, actor)
    if fresh.state == Session.State.CLOSED:
        fresh.state = Session.State.RUNNING
        fresh.save(update_fields=["state"])
        record(events.SESSION_REOPENED, actor=actor, subject=fresh)
    return fresh


@transaction.atomic
def member_set_present(*, actor: Actor, session: Session, position: Position, is_present: bool) -> SessionMember:
    """Mark a member of the commission present or absent; one who is not on the list yet is added.

    Raises Refusal for a closed session, a post not in force and a member whose sheet is begun.
    """
    require(actor, "session.plan")
    fresh = session_lock(session, actor)
    running_require(fresh)
    if not composition_on(actor, fresh.day).filter(pk=position.pk).exists():
        raise Refusal("not_in_composition", f"{position.user}: не входит в состав комиссии на этот день.", SECTION_2)
    if not is_present and fresh.visits.filter(examinations__position=position).exists():
        raise Refusal("has_examined", f"{position.user} уже обследует детей на этом заседании.")
    member, added = SessionMember.objects.get_or_create(
        session=fresh, position=position, defaults={"organisation": actor.at, "is_present": is_present}
    )
    if added or member.is_present != is_present:
        member.is_present = is_present
        member.save(update_fields=["is_present"])
        record(events.MEMBER_MARKED, actor=actor, subject=fresh, member=position.public_id, present=is_present)
    return member
