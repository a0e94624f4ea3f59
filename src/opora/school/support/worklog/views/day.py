"""«Мой день»: lessons by one button, entries line after line, drafts, the search for a child."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt

from ...groups.models import Lesson
from .. import events, services
from ..day import day_of, works_of
from ..forms import child_typed, children_typed, day_asked, initial_of
from ..kinds import WORKS
from ..models import EntryChild, WorkEntry
from ..services import ChildWork
from ..services.lessons import may_log_late
from .grid import grid_page
from .line import LOOKS_UP, Line, child_unchosen, chosen, fresh_line, looked_up, refused, suggestions, typed_line

REPEATED = ("work", "topic", "minutes", "direction", "audience", "plan_item", "material", "position", "content")


def address_of(on: date) -> str:
    """The page of a day with the cursor in its line: a fragment that can hold the focus takes it."""
    return f"{reverse('worklog:day')}?day={on:%Y-%m-%d}#work-{WORKS[0].code}"


@route("work.log")
def day(request: ActorRequest) -> HttpResponse:
    """One day. `entry` continues a draft, `repeat` begins a line with what another one held."""
    today = timezone.localdate()
    on = min(day_asked(request.GET.get("day", ""), today), today)
    read_note(events.DAY_OPENED, actor=request.actor, day=f"{on:%Y-%m-%d}")
    begun, repeated = _named(request, "entry"), _named(request, "repeat")
    if begun is not None and begun.is_draft:
        on = begun.on
        line = fresh_line(
            request.actor, on, initial_of(begun), works=works_of(request.actor, begun), draft=begun, also=begun
        )
    elif repeated is not None:
        kept = {name: value for name, value in initial_of(repeated).items() if name in REPEATED}
        line = fresh_line(request.actor, on, kept, also=repeated, is_typed=True)
    else:
        line = fresh_line(request.actor, on)
    return _page(request, on, line)


def _named(request: ActorRequest, key: str) -> WorkEntry | None:
    if not request.GET.get(key):
        return None
    rows = WorkEntry.objects.visible_to(request.actor).filter(position__user=request.actor.user)
    named = rows.filter(public_id=request.GET[key][:40])
    return named.select_related("position__user", "plan_item__plan", "material").first()


def _page(
    request: ActorRequest, on: date, line: Line, *, status: int = 200, lesson: Lesson | None = None, refusal: str = "",
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """The day with the line; `lesson` is the one whose form was refused."""
    shown = day_of(request.actor, on, timezone.localdate())
    if refusal and lesson not in [one.lesson for one in shown.lessons]:
        messages.error(request, refusal)  # its form is no more: somebody has logged it meanwhile
    shown.lessons = [one.refused(request.POST, refusal) if one.lesson == lesson else one for one in shown.lessons]
    context = line.context(request.actor) | {
        "shown": shown, "last": shown.last, "action": reverse("worklog:add"),
        "attendances": EntryChild.Attendance.choices, **more,
    }  # fmt: skip
    return render(request, "worklog/day.html", context, status=status)


@route("work.log", methods=("POST",))
def add(request: ActorRequest) -> HttpResponse:
    """Save the line; the page comes back with an empty one and the cursor in it."""
    on = day_asked(request.POST.get("on", ""), timezone.localdate())
    if any(name in request.POST for name in LOOKS_UP):
        return _page(request, on, looked_up(request, on))
    try:
        line = typed_line(request, on)
    except Refusal as refusal:
        line = typed_line(request, on, lenient=True)
        refused(line, refusal)
        return _page(request, on, line, status=422)
    form = line.form
    if form.is_valid() and not child_unchosen(request, line):
        kept = attempt(
            form,
            lambda: services.entry_record(
                actor=request.actor, on=form.cleaned_data["on"], work=form.work_typed(line.works),
                position=form.chosen_position, draft=line.draft, day_off_allowed=form.cleaned_data["day_off"],
            ),
        )  # fmt: skip
        if kept is not None:
            messages.success(request, f"Записано: {kept.work_title}, {kept.minutes} мин.")
            return redirect(address_of(kept.on))
    return _page(request, on, line, status=422)


@route("work.log", methods=("POST",))
def draft(request: ActorRequest) -> HttpResponse:
    """Keep what is being typed; answers with the state and the id of the draft."""
    on = day_asked(request.POST.get("on", ""), timezone.localdate())
    line = typed_line(request, on, lenient=True)
    work = line.form.work_begun(line.works)
    try:
        kept = services.draft_keep(
            actor=request.actor, on=on, work=work, position=line.form.chosen_position, draft=line.draft
        )
    except Refusal as refusal:
        return render(request, "worklog/draft_state.html", {"draft": line.draft, "refusal": refusal})
    context = {"draft": kept, "at": timezone.now(), "cut": services.cut_off(work)}
    return render(request, "worklog/draft_state.html", context)


@route("work.log", WorkEntry, methods=("POST",))
def draft_drop(request: ActorRequest, found: WorkEntry) -> HttpResponse:
    """Throw away a draft."""
    services.draft_drop(actor=request.actor, draft=found)
    messages.success(request, "Черновик убран.")
    return redirect(address_of(found.on))


@route("work.log", methods=("POST",))
def find(request: ActorRequest) -> HttpResponse:
    """Names that typed letters mean: one's own children first, then the roll of the school."""
    who = request.POST.get("who", "")[:80]
    offered = suggestions(request, who, chosen(request.POST))
    return render(request, "worklog/suggested.html", {"suggested": offered, "who": who})


@route("work.log", methods=("POST",))
def children(request: ActorRequest) -> HttpResponse:
    """The children of the line after one was picked or taken out."""
    on = day_asked(request.POST.get("on", ""), timezone.localdate())
    line = looked_up(request, on)
    line.who, line.suggested = "", []
    return render(request, "worklog/children.html", line.context(request.actor) | {"is_fragment": True})


@route("work.log", Lesson, methods=("POST",))
def lesson(request: ActorRequest, found: Lesson) -> HttpResponse:
    """Log a planned lesson by its attendance."""
    try:
        works = [_attended(request, one) for one in children_typed(request.POST)]
        kept = services.lesson_log(
            actor=request.actor, lesson=found, children=works, topic=request.POST.get("topic", "")[:300],
            content=request.POST.get("content", "")[:3000], reason=request.POST.get("reason", ""),
        )  # fmt: skip
    except Refusal as refusal:
        if may_log_late(request.actor, found, timezone.localdate()):
            return grid_page(request, found.group, found, status=422, refusal=str(refusal))
        return _page(
            request, found.on, fresh_line(request.actor, found.on), status=422, lesson=found, refusal=str(refusal)
        )
    messages.success(request, f"Занятие внесено: {kept.topic}.")
    if kept.position.user_id != request.actor.person.pk:
        return redirect("worklog:grid", public_id=found.group.public_id)
    return redirect(address_of(found.on))


def _attended(request: ActorRequest, work: ChildWork) -> ChildWork:
    """Ticked: was there. Not ticked: was not, or was ill."""
    if f"attendance-{work.child_id}" in request.POST:
        return work
    if request.POST.get(f"present-{work.child_id}"):
        return work
    state = "ill" if request.POST.get(f"ill-{work.child_id}") else "absent"
    return child_typed({**request.POST.dict(), f"attendance-{work.child_id}": state}, work.child_id)
