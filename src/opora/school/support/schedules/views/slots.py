"""Slots of a schedule: added and changed by a form, moved by dragging or keys, checked while they are dragged."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.answers import taken
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.typography import plural

from .. import services
from ..conflicts import SlotDraft, slot_conflicts
from ..forms import CopyForm, MoveForm, SlotForm
from ..models import ScheduleSlot, WorkSchedule
from ..owning import open_require
from ..page import schedule_context, week_context
from .addresses import address_of
from .schedules import left_out_told

BOTH = ("GET", "POST")


@route("schedule.write", WorkSchedule, methods=BOTH)
def slot_new(request: ActorRequest, found: WorkSchedule) -> HttpResponse:
    """A new stretch of time; «ещё» keeps the page for the next one."""
    try:
        open_require(request.actor, found)
    except Refusal as refusal:
        return refused(request, refusal)
    form = SlotForm(request.actor, found, request.POST or None, initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.slot_add(actor=request.actor, schedule=found, **form.given))
        if made is not None:
            messages.success(request, f"Добавлено: {made}.")
            if "more" in request.POST:
                return redirect(f"{request.path}?weekday={made.weekday}&starts_at={made.ends_at:%H:%M}")
            return redirect(address_of(found))
    return _form_page(request, found, form, None)


def _asked(request: ActorRequest) -> dict[str, Any]:
    return {name: request.GET[name][:5] for name in ("weekday", "starts_at", "ends_at") if name in request.GET}


@route("schedule.write", ScheduleSlot, methods=BOTH)
def slot(request: ActorRequest, found: ScheduleSlot) -> HttpResponse:
    """Everything about a slot."""
    try:
        open_require(request.actor, found.schedule)
    except Refusal as refusal:
        return refused(request, refusal)
    initial = SlotForm.initial_of(found)
    form = SlotForm(request.actor, found.schedule, request.POST or None, slot=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.slot_change(actor=request.actor, slot=found, **form.given))
        if form.is_valid():
            return redirect(address_of(found.schedule))
    return _form_page(request, found.schedule, form, found)


def _form_page(
    request: ActorRequest, schedule: WorkSchedule, form: SlotForm, found: ScheduleSlot | None
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "schedule": schedule, "slot": found, "back": address_of(schedule)}
    return render(request, "schedules/slot.html", context, status=422 if form.errors else 200)


@route("schedule.write", WorkSchedule)
def check(request: ActorRequest, found: WorkSchedule) -> HttpResponse:
    """What stands against a slot at a time, in words: asked while it is dragged or typed. Nothing is changed."""
    moved = found.slots.select_related("group", "cabinet").filter(public_id=request.GET.get("slot", "")).first()
    draft = _draft(request, found, moved)
    conflicts = slot_conflicts(request.actor, found, draft, moved=moved) if draft else []
    return render(request, "schedules/conflicts.html", {"conflicts": conflicts, "is_asked": draft is not None})


def _draft(request: ActorRequest, schedule: WorkSchedule, moved: ScheduleSlot | None) -> SlotDraft | None:
    """The slot of the query; what a dragged one does not say is taken from itself."""
    if moved is not None and "kind" not in request.GET:
        form = MoveForm(request.GET)
        if not form.is_valid():
            return None
        asked = form.cleaned_data
        return SlotDraft(
            asked["weekday"], asked["starts_at"], asked["ends_at"], moved.kind, moved.weeks, moved.group, moved.cabinet
        )  # fmt: skip
    typed = SlotForm(request.actor, schedule, request.GET, slot=moved)
    if not typed.is_valid():
        return None
    given = typed.given
    names = ("weekday", "starts_at", "ends_at", "kind", "weeks", "group", "cabinet")
    return SlotDraft(**{name: given[name] for name in names})


@route("schedule.write", ScheduleSlot, methods=("POST",))
def slot_move(request: ActorRequest, found: ScheduleSlot) -> HttpResponse:
    """A slot is dropped or nudged: the week is drawn anew, or it is said what stands against it."""
    schedule, form = found.schedule, MoveForm(request.POST)
    is_fetched = request.headers.get("X-Requested-With") == "fetch"
    if form.is_valid():
        moved = attempt(form, lambda: services.slot_change(actor=request.actor, slot=found, **form.cleaned_data))
        if moved is not None:
            if not is_fetched:
                return redirect(address_of(schedule))
            return render(request, "schedules/week.html", week_context(request.actor, schedule))
    said = [str(one) for errors in form.errors.values() for one in errors]
    context = {"said": said, "slot": found, "typed": request.POST, "may_confirm": "confirmed" in form.errors}
    if is_fetched:
        return render(request, "schedules/refused.html", context, status=422)
    return render(
        request, "schedules/schedule.html", schedule_context(request.actor, schedule) | {"refused": context}, status=422
    )


@route("schedule.write", ScheduleSlot, methods=("POST",))
def slot_remove(request: ActorRequest, found: ScheduleSlot) -> HttpResponse:
    """Take it out of the schedule."""
    schedule, words = found.schedule, str(found)
    deed = partial(services.slot_remove, actor=request.actor, slot=found)
    return taken(request, deed, f"Убрано: {words}.", address_of(schedule))


@route("schedule.write", WorkSchedule, methods=("POST",))
def copy(request: ActorRequest, found: WorkSchedule) -> HttpResponse:
    """A day is copied to others; what meets something is left out and told."""
    form = CopyForm(request.POST)
    if form.is_valid():
        made = attempt(form, lambda: services.day_copy(actor=request.actor, schedule=found, **form.cleaned_data))
        if made is not None:
            done = plural(len(made.made), "строка,строки,строк")
            messages.success(request, f"Скопировано: {done}.")
            left_out_told(request, made.left_out)
            return redirect(address_of(found))
    context = schedule_context(request.actor, found, form) | {"today": timezone.localdate()}
    return render(request, "schedules/schedule.html", context, status=422)
