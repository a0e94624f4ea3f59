"""The lists of conclusions and of copies to be handed over."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.lists import list_response

from .. import events
from ..listing import conclusion_listing, handover_listing
from ..models import Conclusion, Handover


@route("conclusion.view")
def conclusion_list(request: ActorRequest) -> HttpResponse:
    """All conclusions: searched, narrowed, sorted, printed, exported."""
    read_note(events.CONCLUSIONS_LISTED, actor=request.actor)
    rows = Conclusion.objects.visible_to(request.actor).select_related("case__child")
    return list_response(request, conclusion_listing(request.actor, timezone.localdate()), rows)


@route("handover.view")
def handover_list(request: ActorRequest) -> HttpResponse:
    """Copies that families wait for."""
    read_note(events.HANDOVERS_LISTED, actor=request.actor)
    rows = Handover.objects.visible_to(request.actor).filter(conclusion__state=Conclusion.State.SIGNED)
    listing = handover_listing(request.actor, timezone.localdate())
    return list_response(request, listing, rows.select_related("conclusion__case__child"))
