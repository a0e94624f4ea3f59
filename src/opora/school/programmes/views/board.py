"""The board: what running programmes want now, on one screen."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note

from .. import events
from ..board import WANTS, board_of


@route("programme.follow")
def board(request: ActorRequest) -> HttpResponse:
    """The chair sees all programmes, a curator and a specialist their own, the most urgent first."""
    read_note(events.BOARD_OPENED, actor=request.actor)
    what = request.GET.get("what", "")
    today = timezone.localdate()
    found = board_of(
        request.actor, today, what=what if what in WANTS else "", curator=request.GET.get("curator", "")[:40],
        number=request.GET.get("page"),
    )  # fmt: skip
    context = {
        "board": found,
        "page": found.page,
        "what": what if what in WANTS else "",
        "chips": [(code, title, found.counts[code]) for code, title in WANTS.items()],
        "curator": request.GET.get("curator", "")[:40],
        "today": today,
        "can_call": may(request.actor, "meeting.call"),
    }
    return render(request, "programmes/board.html", context)
