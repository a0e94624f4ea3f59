"""Choosing an hour: the nearest free slots, one click."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.cases.services import step_require
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt

from .. import services
from ..models import Booking, Place, Slot
from .answers import shown_again, to_case

WINDOW = 7
LAST_SHOWN = timedelta(days=3 * 366)
FreeDays = list[tuple[date, list[tuple[Place, list[Slot]]]]]


class SlotForm(forms.Form):
    """The chosen slot; for a move, what for."""

    slot = forms.CharField(max_length=14, error_messages={"required": "Выберите время."})
    reason = forms.CharField(label="Почему переносится", max_length=200, required=False)


@route("case.book", Case, methods=("GET", "POST"))
def book(request: ActorRequest, case: Case) -> HttpResponse:
    """Book a case that is ready, or move the booking it has."""
    booking = services.booking_of(case) if case.status == Status.BOOKED else None
    if booking is None:
        try:
            step_require(case, "case.book")
        except Refusal as refusal:
            return refused(request, refusal)
    form = SlotForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = attempt(form, lambda: _book(request, case, booking, form))
        if made is not None:
            messages.success(request, f"Записано: {made.slot.when}, {made.slot.place}.")
            return to_case(case)
    first = _first_day(request)
    days = free_days(request, first)
    context = {
        "form": form, "case": case, "child": case.child, "booking": booking, "days": days,
        "nearest": _earliest(days),
        "first": first, "last": first + timedelta(days=WINDOW - 1), "later": first + timedelta(days=WINDOW),
        "earlier": max(first - timedelta(days=WINDOW), timezone.localdate()),
    }  # fmt: skip
    return shown_again(request, "intake/book.html", context)


def _book(request: ActorRequest, case: Case, booking: Booking | None, form: SlotForm) -> Booking:
    slot = Slot.objects.visible_to(request.actor).filter(public_id=form.cleaned_data["slot"]).first()
    if slot is None:
        raise Refusal("no_slot", "Такого окна нет: обновите страницу и выберите время.", field="slot")
    today = timezone.localdate()
    if booking is None:
        return services.booking_make(actor=request.actor, case=case, slot=slot, on=today)
    reason = form.cleaned_data["reason"]
    return services.booking_move(actor=request.actor, booking=booking, slot=slot, on=today, reason=reason)


def _earliest(days: FreeDays) -> Slot | None:
    """The slot that the one key takes."""
    return min((slots[0] for _, places in days[:1] for _, slots in places), key=lambda one: one.starts, default=None)


def _first_day(request: ActorRequest) -> date:
    """The day that was asked for, else the day of the nearest free slot, so that the page is never empty in vain."""
    today = timezone.localdate()
    try:
        asked = parse_date(request.GET.get("from", ""))
    except ValueError:
        asked = None
    if asked is not None:
        return min(max(asked, today), today + LAST_SHOWN)
    nearest = services.nearest_free(request.actor.at.pk)
    return nearest.day if nearest else today


def free_days(request: ActorRequest, first: date) -> FreeDays:
    """Free hours of the window by day and place; an hour stands once however many seats it has."""
    slots = Slot.objects.visible_to(request.actor).free().after(timezone.now()).select_related("place")
    within = slots.filter(day__range=(first, first + timedelta(days=WINDOW - 1)))
    hours: dict[tuple[date, int, time], Slot] = {}
    for slot in within.order_by("day", "place__title", "place", "starts", "seat"):
        hours.setdefault((slot.day, slot.place_id, slot.starts), slot)
    return [
        (day, [(place, list(found)) for place, found in groupby(of_day, key=lambda slot: slot.place)])
        for day, of_day in groupby(hours.values(), key=lambda slot: slot.day)
    ]
