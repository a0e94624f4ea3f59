"""The calendar of repeat examinations."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.lists import list_response

from .. import events
from ..reexaminations import awaited, reexamination_listing


@route("conclusion.view")
def reexamination_list(request: ActorRequest) -> HttpResponse:
    """Children whose term of the next examination comes or has passed."""
    read_note(events.REEXAMINATIONS_LISTED, actor=request.actor)
    rows = awaited(request.actor).select_related("case__child", "visit__session__place")
    return list_response(request, reexamination_listing(request.actor, timezone.localdate()), rows)
