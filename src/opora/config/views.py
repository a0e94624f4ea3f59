"""The desk: the first page after sign-in, put together from the duties of all rooms."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, own_route
from opora.foundation.ui.desk import LIMIT, desk_of


@own_route("GET")
def desk(request: ActorRequest) -> HttpResponse:
    """What waits for me today, what is late, what comes."""
    mine = desk_of(request.actor, timezone.localdate())
    return render(
        request,
        "config/desk.html",
        {
            "desk_today": mine.today[:LIMIT],
            "desk_late": mine.late[:LIMIT],
            "desk_soon": mine.soon[:LIMIT],
            "more": {"today": len(mine.today), "late": len(mine.late), "soon": len(mine.soon)},
            "unsworn": request.actor.organisation is not None and not request.actor.sworn,
        },
    )
