"""The journal of a group: one tap changes the attendance, another one the dynamics."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import record

from ...groups.models import Group, Lesson
from .. import events, services
from ..day import row_of
from ..grid import GridLine, grid_of
from ..models import EntryChild
from ..services import Why
from ..services.entries import freely_changeable
from ..services.lessons import may_log_late
from ..terms import closed_before

NEXT_ATTENDANCE = {"present": "absent", "absent": "ill", "ill": "present"}
LATE_WHYS = [(one.value, one.label) for one in (Why.LATE, Why.OTHER)]
NEXT_DYNAMICS = {"": "up", "up": "same", "same": "down", "down": ""}


@route("work.view", Group)
def grid(request: ActorRequest, group: Group) -> HttpResponse:
    """Children by lessons; `lesson` opens one that the head may log for its leader."""
    record(events.GRID_OPENED, actor=request.actor, subject=group)
    named = group.lessons.planned().filter(public_id=request.GET.get("lesson", "")[:40], entry__isnull=True)
    return grid_page(request, group, named.select_related("group__leader", "topic").first())


def grid_page(
    request: ActorRequest, group: Group, lesson: Lesson | None = None, *, status: int = 200, refusal: str = ""
) -> HttpResponse:  # fmt: skip
    """The journal; above it the form of a lesson of a closed month, with what was typed where it was refused."""
    number = request.GET.get("page", "1")
    shown = grid_of(request.actor, group, int(number) if number.isdecimal() and len(number) < 5 else 1)
    own = request.actor.user is not None and group.leader.user_id == request.actor.user.pk
    today = timezone.localdate()
    logged = [one.entry for one in shown.columns if one.entry is not None]
    open_ = freely_changeable(request.actor, logged, today) if own else frozenset()
    writable = [one.entry is not None and one.entry.pk in open_ for one in shown.columns]
    mends = may(request.actor, "work.mend") and not own
    late = lesson is not None and may_log_late(request.actor, lesson, today)
    row = row_of(request.actor, lesson) if lesson is not None and late else None
    if row is not None and refusal:
        row = row.refused(request.POST, refusal)
    context = {
        "group": group, "grid": shown, "is_own": own, "today": today, "lines": _drawn(shown.lines, writable),
        "closed_before": closed_before(group.organisation, today) if mends else None, "whys": LATE_WHYS,
        "late_row": row, "dynamics": EntryChild.Dynamics.choices,
    }  # fmt: skip
    return render(request, "worklog/grid.html", context, status=status)


def _drawn(lines: list[GridLine], writable: list[bool]) -> list[tuple[GridLine, list[tuple[EntryChild | None, bool]]]]:
    return [(one, list(zip(one.cells, writable, strict=True))) for one in lines]


@route("work.log", EntryChild, methods=("POST",))
def cell(request: ActorRequest, row: EntryChild) -> HttpResponse:
    """The next state of one cell: `what` is «attendance» or «dynamics»."""
    of_dynamics = request.POST.get("what") == "dynamics"
    try:
        kept = services.attendance_set(
            actor=request.actor, row=row, attendance=None if of_dynamics else NEXT_ATTENDANCE[row.attendance],
            dynamics=NEXT_DYNAMICS[row.dynamics] if of_dynamics else None,
        )  # fmt: skip
    except Refusal as refusal:
        if request.htmx:
            return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
        messages.error(request, str(refusal))
        return redirect("worklog:entry", public_id=row.entry.public_id)
    if request.htmx:
        return render(request, "worklog/cell.html", {"cell": kept, "writable": True})
    group = row.entry.lesson.group if row.entry.lesson else None
    if group is None:
        return redirect("worklog:entry", public_id=row.entry.public_id)
    return redirect("worklog:grid", public_id=group.public_id)
