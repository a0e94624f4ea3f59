"""The desk: the first page after sign-in, put together from the duties of all rooms."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, own_route
from opora.foundation.audit.events import DESK_READ
from opora.foundation.audit.services import read_note
from opora.foundation.ui.desk import LIMIT, Duty, desk_of


@own_route("GET")
def desk(request: ActorRequest) -> HttpResponse:
    """What waits for me today, what is late, what comes."""
    mine = desk_of(request.actor, timezone.localdate())
    if request.actor.may_read_persons:
        read_note(DESK_READ, actor=request.actor)
    return render(
        request,
        "config/desk.html",
        {
            "desk_today": mine.today[:LIMIT],
            "desk_late": mine.late[:LIMIT],
            "desk_soon": mine.soon[:LIMIT],
            "more": {"today": _count(mine.today), "late": _count(mine.late), "soon": _count(mine.soon)},
            "unsworn": request.actor.organisation is not None and not request.actor.sworn,
        },
    )


def _count(rows: list[Duty]) -> str:
    """«12», or «30+» when there is more than the list shows."""
    return f"{LIMIT}+" if len(rows) > LIMIT else str(len(rows))
