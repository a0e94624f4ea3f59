"""Booking a slot, moving, cancelling, no-show, arrival (P-04). The database lets nobody take a slot twice."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.cases.services import case_advance, case_lock, step_require
from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import entry_add

from .. import events
from ..journal import SERIES, booking_line, last_entry
from ..models import Application, Booking, Slot
from .applications import consents_require

CLAUSE = "письмо ВК-1074/07, прил. 2.12"


@transaction.atomic
def booking_make(*, actor: Actor, case: Case, slot: Slot, on: date) -> Booking:
    """Book a slot for a case whose papers are accepted and write the line of the journal.

    Raises Refusal for a slot in the past, closed or just taken, and when a consent is not in force.
    """
    require(actor, "case.book")
    fresh = case_lock(case, actor)
    step_require(fresh, "case.book")
    consents_require(fresh, Application.objects.select_related("applicant").get(case=fresh), on)
    booking = _take(actor, fresh, slot, on)
    entry_add(actor=actor, series=SERIES, day=on, subject=booking, content=booking_line(booking))
    case_advance(actor=actor, case=fresh, action="case.book", on=on, due_on=slot.day)
    record(events.BOOKING_MADE, actor=actor, subject=booking, person_id=fresh.person_id, slot=slot.when)
    return booking


@transaction.atomic
def booking_move(*, actor: Actor, booking: Booking, slot: Slot, on: date, reason: str = "") -> Booking:
    """Give the child another slot; the journal gets a correction of the old line. Returns the new booking."""
    require(actor, "case.book")
    fresh = case_lock(booking.case, actor)
    old = _require_waiting(booking)
    if old.slot_id == slot.pk:
        raise Refusal("same_slot", "Ребёнок уже записан на это время.")
    previous = last_entry(old)
    old.state, old.reason = Booking.State.CANCELLED, (reason or f"перенесена на {slot.when}")[:300]
    old.save(update_fields=["state", "reason"])
    case_advance(actor=actor, case=fresh, action="case.unbook", on=on)
    new = _take(actor, fresh, slot, on)
    change = f"Перенос с {old.slot.when}" + (f": {reason}" if reason else "")
    _correct(actor, new, previous, on, change)
    case_advance(actor=actor, case=fresh, action="case.book", on=on, due_on=slot.day)
    record(events.BOOKING_CANCELLED, actor=actor, subject=old, person_id=fresh.person_id, slot=old.slot.when)
    record(events.BOOKING_MADE, actor=actor, subject=new, person_id=fresh.person_id, slot=slot.when)
    return new


@transaction.atomic
def booking_cancel(*, actor: Actor, booking: Booking, reason: str, on: date) -> Case:
    """Cancel a booking with a reason: the slot is free again, the case waits to be booked."""
    require(actor, "case.unbook")
    case_lock(booking.case, actor)
    old = _require_waiting(booking)
    booking_release(actor=actor, booking=old, reason=reason, on=on)
    return case_advance(actor=actor, case=old.case, action="case.unbook", on=on)


@transaction.atomic
def booking_release(*, actor: Actor, booking: Booking, reason: str, on: date) -> None:
    """Free the slot and correct the journal; the case is moved by the caller."""
    _end(actor, booking, Booking.State.CANCELLED, reason, on, "Запись отменена")
    record(events.BOOKING_CANCELLED, actor=actor, subject=booking, person_id=booking.person_id, slot=booking.slot.when)


@transaction.atomic
def booking_miss(*, actor: Actor, booking: Booking, reason: str, on: date) -> Case:
    """Mark a no-show with what is known of its reason; the case waits to be booked anew."""
    require(actor, "case.miss")
    case_lock(booking.case, actor)
    old = _require_waiting(booking)
    if old.slot.day > on:
        raise Refusal("not_yet", f"Неявку отмечают в день приёма, {old.slot.day:%d.%m.%Y}, или позже.")
    _end(actor, old, Booking.State.MISSED, reason, on, "Неявка")
    record(events.BOOKING_MISSED, actor=actor, subject=old, person_id=old.person_id, slot=old.slot.when)
    return case_advance(actor=actor, case=old.case, action="case.miss", on=on)


@transaction.atomic
def booking_arrive(*, actor: Actor, booking: Booking) -> Booking:
    """Mark that the child has come; the step `case.arrive` itself is made by the caller."""
    require(actor, "case.arrive")
    case_lock(booking.case, actor)
    came = _require_waiting(booking)
    came.state = Booking.State.ARRIVED
    came.save(update_fields=["state"])
    record(events.BOOKING_ARRIVED, actor=actor, subject=came, person_id=came.person_id, slot=came.slot.when)
    return came


def booking_of(case: Case) -> Booking | None:
    """The booking a case waits for."""
    return Booking.objects.waiting().filter(case=case).select_related("slot__place", "case__child").first()


def nearest_free(organisation_id: int, *, place_id: int | None = None) -> Slot | None:
    """The first free slot from now on."""
    slots = Slot.objects.filter(organisation_id=organisation_id).free().after(timezone.now())
    return (slots.filter(place_id=place_id) if place_id else slots).select_related("place").first()


def _take(actor: Actor, case: Case, slot: Slot, on: date) -> Booking:
    slot = Slot.objects.select_for_update(of=("self",)).select_related("place").get(pk=slot.pk)  # not closed meanwhile
    if slot.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Это окно другой комиссии.")
    if slot.day < on or (on == timezone.localdate() and slot.day == on and slot.starts < timezone.localtime().time()):
        raise Refusal("past", f"Время {slot.when} уже прошло. Выберите другое.", field="slot")
    if slot.is_closed:
        raise Refusal("closed", f"Окно {slot.when} закрыто. Выберите другое.", field="slot")
    booking = Booking(organisation=actor.at, case=case, slot=slot, booked_by=actor.user)
    booking.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        raise _taken(slot) from error
    return booking


def _taken(slot: Slot) -> Refusal:
    other = nearest_free(slot.organisation_id, place_id=slot.place_id) or nearest_free(slot.organisation_id)
    advice = f" Ближайшее свободное: {other.when}." if other else " Свободных окон больше нет: откройте новые."
    return Refusal("slot_taken", f"Это время только что заняли.{advice}", field="slot")


def _require_waiting(booking: Booking) -> Booking:
    fresh = Booking.objects.select_related("slot__place", "case__child", "case__organisation").get(pk=booking.pk)
    if fresh.state != Booking.State.BOOKED:
        raise Refusal("not_booked", f"Запись на {fresh.slot.when} уже {fresh.get_state_display()}.", CLAUSE)
    return fresh


def _end(actor: Actor, booking: Booking, state: Booking.State, reason: str, on: date, words: str) -> None:
    if not reason.strip():
        raise Refusal("no_reason", "Напишите причину: она войдёт в журнал записи.", CLAUSE, "reason")
    previous = last_entry(booking)
    booking.state, booking.reason = state, reason.strip()[:300]
    booking.save(update_fields=["state", "reason"])
    _correct(actor, booking, previous, on, f"{words}: {booking.reason}")


def _correct(actor: Actor, booking: Booking, previous: Entry | None, on: date, change: str) -> None:
    entry_add(
        actor=actor, series=SERIES, day=on, subject=booking, kind=Entry.Kind.CORRECTION, corrects=previous,
        content=booking_line(booking) | {"change": change},
    )  # fmt: skip
