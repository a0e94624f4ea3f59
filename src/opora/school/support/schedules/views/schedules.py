"""The list of schedules, one as a week and as a month, its beginning, its lessons, the calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import record
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.foundation.ui.typography import NBSP, plural

from ...groups.conflicts import Conflict
from .. import events, services
from ..calendars import own_calendar
from ..dates import lessons_ahead, month_of
from ..forms import ScheduleForm, TermForm
from ..listing import schedule_listing
from ..models import WorkSchedule
from ..owning import OWNER_WRITES, open_require, owns
from ..page import schedule_context, slots_of

BOTH = ("GET", "POST")
TOLD = 5  # rows left out of a copy that are named


@route("schedule.view")
def schedule_list(request: ActorRequest) -> HttpResponse:
    """Schedules of all specialists: they name no child."""
    rows = WorkSchedule.objects.visible_to(request.actor).select_related("position__user")
    listing = schedule_listing(request.actor, timezone.localdate())
    return list_response(request, listing, rows, template="schedules/list.html")


@route("schedule.view", WorkSchedule)
def schedule(request: ActorRequest, found: WorkSchedule) -> HttpResponse:
    """The week as a grid, hours against the norm, the path to approval."""
    return render(request, "schedules/schedule.html", schedule_context(request.actor, found))


@route("schedule.write", methods=BOTH)
def new(request: ActorRequest) -> HttpResponse:
    """A schedule is begun, with the time of the last one."""
    form = ScheduleForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _begun(request, **form.cleaned_data))
        if made is not None:
            return redirect("schedules:schedule", public_id=made.public_id)
    context = {"form": form, "back": reverse("schedules:list")}
    return render(request, "schedules/new.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _begun(request: ActorRequest, *, copied: WorkSchedule | None, **fields: Any) -> WorkSchedule:
    made = services.schedule_start(actor=request.actor, **fields)
    if copied is not None:
        left_out_told(request, services.slots_copy(actor=request.actor, schedule=made, source=copied).left_out)
    return made


def left_out_told(request: ActorRequest, left_out: Sequence[tuple[str, Conflict]]) -> None:
    """Say which rows a copy left out, and why; the first ones by name."""
    for when, conflict in left_out[:TOLD]:
        messages.warning(request, f"Не скопировано {when}: {conflict.words}")
    if len(left_out) > TOLD:
        rest = plural(len(left_out) - TOLD, "строка,строки,строк")
        messages.warning(request, f"Не скопированы и ещё {rest}: в{NBSP}это время тоже есть накладки.")


@route("schedule.write", WorkSchedule, methods=BOTH)
def term(request: ActorRequest, found: WorkSchedule) -> HttpResponse:
    """Another kind or time for a draft."""
    try:
        open_require(request.actor, found)
    except Refusal as refusal:
        return refused(request, refusal)
    initial = {"period": found.period, "starts_on": found.starts_on, "ends_on": found.ends_on}
    form = TermForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        attempt(
            form,
            lambda: services.schedule_term_change(actor=request.actor, schedule=found, **form.cleaned_data),
        )  # fmt: skip
        if form.is_valid():
            return redirect("schedules:schedule", public_id=found.public_id)
    context = {"form": form, "schedule": found, "back": reverse("schedules:schedule", args=[found.public_id])}
    return render(request, "schedules/term.html", context, status=422 if form.errors else 200)


@route("schedule.view", WorkSchedule)
def month(request: ActorRequest, found: WorkSchedule) -> HttpResponse:
    """The schedule laid on the dates of a month."""
    first = _month(request.GET.get("month", ""), found)
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)
    context = {
        "schedule": found, "weeks": month_of(found, slots_of(found), first), "first": first,
        "before": before if before >= found.starts_on.replace(day=1) else None,
        "after": after if after <= found.ends_on else None,
    }  # fmt: skip
    return render(request, "schedules/month.html", context)


def _month(asked: str, schedule: WorkSchedule) -> date:
    """The first day of the month that is asked for, inside the term; else the present one."""
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        first = timezone.localdate().replace(day=1)
    return min(max(first, schedule.starts_on.replace(day=1)), schedule.ends_on.replace(day=1))


@route("group.keep", WorkSchedule, methods=BOTH)
def lessons(request: ActorRequest, found: WorkSchedule) -> HttpResponse:
    """Lessons of the term out of the slots: what will be made is shown, one click makes it."""
    if not owns(request.actor, found.position):
        raise PermissionDenied(OWNER_WRITES)
    today = timezone.localdate()
    back = reverse("schedules:schedule", args=[found.public_id])
    refusal = None
    if request.method == "POST":
        try:
            made = services.lessons_make(actor=request.actor, schedule=found, since=today)
        except Refusal as raised:
            refusal = raised
        else:
            messages.success(request, f"Создано: {plural(made.count, 'занятие,занятия,занятий')}.")
            return redirect(back)
    told = list(lessons_ahead(request.actor, found, today))
    context = {
        "schedule": found, "groups": told, "count": sum(len(one.wanted) for one in told), "back": back,
        "refusal": refusal,
    }  # fmt: skip
    return render(request, "schedules/lessons.html", context, status=422 if refusal else 200)


@route("schedule.write")
def calendar(request: ActorRequest) -> HttpResponse:
    """Own schedule and lessons as a calendar file."""
    content = own_calendar(request.actor, timezone.now())
    record(events.CALENDAR_EXPORTED, actor=request.actor)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="schedule.ics"'
    return response
