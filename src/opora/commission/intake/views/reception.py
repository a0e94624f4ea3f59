"""The week of reception and its settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import groupby

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.answers import carried_out
from opora.foundation.ui.forms import attempt

from .. import services
from ..forms.reception import OpenSlotsForm, PlaceForm, TemplateForm
from ..models import Booking, DayTemplate, Place, Slot
from ..querysets import LIVE
from .answers import shown_again
from .bookings import LAST_SHOWN


def _monday(request: ActorRequest) -> date:
    try:
        asked = parse_date(request.GET.get("week", ""))
    except ValueError:
        asked = None
    today = timezone.localdate()
    day = asked if asked and abs(asked - today) <= LAST_SHOWN else today
    return day - timedelta(days=day.weekday())


@dataclass
class Hour:
    """An hour of a place: who is booked, and the seats nobody has."""

    starts: time
    bookings: list[Booking] = field(default_factory=list)
    free: list[Slot] = field(default_factory=list)
    closed: list[Slot] = field(default_factory=list)


@dataclass
class BoardDay:
    day: date
    places: list[tuple[Place, list[Hour]]]


def week_slots(request: ActorRequest, first: date, place: str) -> list[Slot]:
    """Slots of a week, each with its live booking, in two queries; whom the actor need not know is just «занято»."""
    known = Booking.objects.visible_to(request.actor).filter(pk=OuterRef("pk"))
    live = Booking.objects.filter(state__in=LIVE).annotate(is_known=Exists(known)).select_related("case__child")
    slots = Slot.objects.visible_to(request.actor).filter(day__range=(first, first + timedelta(days=6)))
    if place:
        slots = slots.filter(place__public_id=place)
    found = slots.order_by("day", "place__title", "place", "starts", "seat").select_related("place")
    return list(found.prefetch_related(Prefetch("bookings", live, to_attr="live")))


def board_days(slots: list[Slot]) -> list[BoardDay]:
    """Slots by day, place and hour."""
    days = []
    for day, of_day in groupby(slots, key=lambda slot: slot.day):
        places = [(place, _hours(list(found))) for place, found in groupby(of_day, key=lambda slot: slot.place)]
        days.append(BoardDay(day, places))
    return days


def _hours(slots: list[Slot]) -> list[Hour]:
    hours: dict[time, Hour] = {}
    for slot in slots:
        hour = hours.setdefault(slot.starts, Hour(slot.starts))
        live: list[Booking] = getattr(slot, "live", [])
        if live:
            hour.bookings += live
        else:
            (hour.closed if slot.is_closed else hour.free).append(slot)
    return list(hours.values())


@route("reception.view")
def board(request: ActorRequest) -> HttpResponse:
    """The week: which hours are free, who is booked."""
    first, place = _monday(request), request.GET.get("place", "")
    slots = week_slots(request, first, place)
    days = board_days(slots)
    hours = [(day.day, hour) for day in days for _, of_place in day.places for hour in of_place]
    today = timezone.localdate()
    context = {
        "days": days, "first": first, "last": first + timedelta(days=6), "place": place,
        "earlier": first - timedelta(days=7), "later": first + timedelta(days=7),
        "places": Place.objects.visible_to(request.actor).filter(is_active=True),
        "taken": sum(len(hour.bookings) for _, hour in hours),
        "free": sum(len(hour.free) for day, hour in hours if day >= today),
    }  # fmt: skip
    return render(request, "intake/board.html", context)


@route("reception.setup", Slot, methods=("POST",))
def slot_toggle(request: ActorRequest, slot: Slot) -> HttpResponse:
    """Close a free slot or open it again."""
    back = f"{reverse('intake:board')}?week={slot.day.isoformat()}"
    return carried_out(
        request, lambda: services.slot_close(actor=request.actor, slot=slot, closed=not slot.is_closed), back
    )


@route("reception.setup")
def setup(request: ActorRequest) -> HttpResponse:
    """Places and usual days."""
    context = {
        "places": Place.objects.visible_to(request.actor),
        "templates": DayTemplate.objects.visible_to(request.actor).select_related("place"),
    }
    return render(request, "intake/setup.html", context)


@route("reception.setup", methods=("GET", "POST"))
def place_new(request: ActorRequest) -> HttpResponse:
    """A new place of reception."""
    return _place(request, Place(organisation=request.actor.at, address=request.actor.at.address))


@route("reception.setup", Place, methods=("GET", "POST"))
def place_edit(request: ActorRequest, place: Place) -> HttpResponse:
    """Change a place of reception."""
    return _place(request, place)


def _place(request: ActorRequest, place: Place) -> HttpResponse:
    form = PlaceForm(request.POST or None, instance=place)
    if form.is_valid():
        saved = attempt(form, lambda: services.place_save(actor=request.actor, place=form.instance))
        if saved is not None:
            return redirect("intake:setup")
    return shown_again(request, "intake/setup_form.html", {"form": form, "heading": "Место приёма"})


@route("reception.setup", methods=("GET", "POST"))
def template_new(request: ActorRequest) -> HttpResponse:
    """A new usual day."""
    usual = {
        "title": "Обычный день",
        "starts": "09:00",
        "ends": "17:00",
        "lunch_starts": "13:00",
        "lunch_ends": "14:00",
    }
    return _template(request, DayTemplate(organisation=request.actor.at), usual)


@route("reception.setup", DayTemplate, methods=("GET", "POST"))
def template_edit(request: ActorRequest, template: DayTemplate) -> HttpResponse:
    """Change a usual day; slots that are open already stay."""
    return _template(request, template, {})


def _template(request: ActorRequest, template: DayTemplate, usual: dict[str, str]) -> HttpResponse:
    places = Place.objects.visible_to(request.actor).filter(is_active=True)
    if not places:
        messages.warning(request, "Сначала добавьте место приёма.")
        return redirect("intake:place_new")
    form = TemplateForm(request.POST or None, instance=template, places=places, initial=usual)
    if form.is_valid():
        saved = attempt(form, lambda: services.template_save(actor=request.actor, template=form.instance))
        if saved is not None:
            return redirect("intake:slots_open")
    return shown_again(request, "intake/template.html", {"form": form, "heading": "Шаблон дня"})


@route("reception.setup", methods=("GET", "POST"))
def slots_open(request: ActorRequest) -> HttpResponse:
    """Open slots over a range by a usual day."""
    templates = DayTemplate.objects.visible_to(request.actor).filter(place__is_active=True)
    if not templates:
        return redirect("intake:template_new")
    today = timezone.localdate()
    last = Slot.objects.visible_to(request.actor).order_by("-day").values_list("day", flat=True).first()
    first = max(last or today, today) + timedelta(days=1)
    form = OpenSlotsForm(
        request.POST or None, templates=templates, initial={"first": first, "last": first + timedelta(days=27)}
    )
    if form.is_valid():
        count = attempt(form, lambda: services.slots_open(actor=request.actor, on=today, **form.cleaned_data))
        if count is not None:
            messages.success(request, _opened(count))
            return redirect(f"{reverse('intake:board')}?week={form.cleaned_data['first'].isoformat()}")
    return shown_again(request, "intake/slots_open.html", {"form": form, "templates": templates})


def _opened(count: int) -> str:
    if not count:
        return "Все окна этого периода уже открыты."
    return f"Открыто окон: {count}. Выходные и праздники пропущены."
