"""Journals of the log: read, searched, printed, exported."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.lists import list_response

from .. import events
from ..listing import JOURNALS, journal_listing, rows_of


def _journal(request: ActorRequest, code: str) -> HttpResponse:
    journal = JOURNALS[code]
    read_note(events.LOG_LISTED, actor=request.actor, journal=code)
    return list_response(
        request, journal_listing(request.actor, journal, timezone.localdate()), rows_of(request.actor, journal),
        template="worklog/journal.html", journals=JOURNALS.values(), journal=journal,
    )  # fmt: skip


@route("work.view")
def journal_all(request: ActorRequest) -> HttpResponse:
    """All work."""
    return _journal(request, "all")


@route("work.view")
def journal_individual(request: ActorRequest) -> HttpResponse:
    """Individual work, a row for each child."""
    return _journal(request, "individual")


@route("work.view")
def journal_groups(request: ActorRequest) -> HttpResponse:
    """Lessons of groups."""
    return _journal(request, "groups")


@route("work.view")
def journal_consultations(request: ActorRequest) -> HttpResponse:
    """Consultations of pupils, parents, teachers."""
    return _journal(request, "consultations")


@route("work.view")
def journal_diagnostics(request: ActorRequest) -> HttpResponse:
    """Diagnostics, a row for each child."""
    return _journal(request, "diagnostics")
