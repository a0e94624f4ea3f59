"""«Часы по рекомендациям»: for the head of all children, for a specialist of his own."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note

from ...schoolyear.reading import settings_of
from .. import events
from ..hours import hours_lines, hours_of
from ..listing import Span, spans

PAGE = 50


@route("work.hours")
def hours(request: ActorRequest) -> HttpResponse:
    """The widest gap first; a chip narrows to gaps alone."""
    today = timezone.localdate()
    known = {one.code: one for one in spans(today)}
    chosen = known.get(request.GET.get("period", ""), known["year"])
    span = Span(chosen.code, chosen.label, chosen.start, min(chosen.end, today))
    read_note(events.HOURS_OPENED, actor=request.actor)
    every = hours_of(request.actor, span.start, span.end) if span.start <= span.end else []
    counts = {state: sum(one.state == state for one in every) for state in ("late", "soon", "done")}
    state = request.GET.get("state", "")
    shown = [one for one in every if one.state == state] if state in counts else every
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": hours_lines(request.actor, list(page.object_list)),
        "span": span, "spans": known.values(), "counts": counts, "state": state, "every": len(every),
        "lesson_minutes": settings_of(request.actor.at).lesson_minutes,
    }  # fmt: skip
    return render(request, "worklog/hours.html", context)
