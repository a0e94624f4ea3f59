"""The lists behind the figures."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.lists import list_response

from .. import events
from ..coverage import KINDS, counts_of, cover_lines, covers_of
from ..listing import draft_listing, lesson_listing, prevention_listing
from ..load import drafts_unfinished, lessons_unlogged
from ..waiting import prevention as registered

PAGE = 50


@route("leading.view")
def coverage(request: ActorRequest) -> HttpResponse:
    """Children with ОВЗ: lessons, specialists, hours; the worst first."""
    read_note(events.COVERAGE_LISTED, actor=request.actor)
    today = timezone.localdate()
    every = covers_of(request.actor, today)
    kind = request.GET.get("kind", "")
    counts = counts_of(every)
    shown = [one for one in every if one.falls_under(kind)] if kind in KINDS else every
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": cover_lines(request.actor, list(page.object_list), today), "kind": kind,
        "every": len(every), "kinds": [(code, title, counts[code]) for code, title in KINDS.items()],
    }  # fmt: skip
    return render(request, "leading/coverage.html", context)


@route("leading.view")
def lessons(request: ActorRequest) -> HttpResponse:
    """Past lessons that nobody logged or cancelled."""
    read_note(events.LESSONS_LISTED, actor=request.actor)
    today = timezone.localdate()
    rows = lessons_unlogged(request.actor, today)
    return list_response(request, lesson_listing(request.actor, today), rows, template="leading/list.html")


@route("leading.view")
def drafts(request: ActorRequest) -> HttpResponse:
    """Days with drafts, without their words."""
    read_note(events.DRAFTS_LISTED, actor=request.actor)
    rows = drafts_unfinished(request.actor)
    return list_response(
        request, draft_listing(request.actor, timezone.localdate()), rows, template="leading/list.html"
    )  # fmt: skip


@route("leading.risk")
def prevention(request: ActorRequest) -> HttpResponse:
    """Children registered with prevention bodies."""
    read_note(events.PREVENTION_LISTED, actor=request.actor)
    rows = registered(request.actor).select_related("child")
    return list_response(
        request, prevention_listing(request.actor, timezone.localdate()), rows, template="leading/list.html"
    )  # fmt: skip
