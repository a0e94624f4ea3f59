"""The list of conclusions on ГИА."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.lists import list_response

from .. import events
from ..listing import attestation_listing
from ..models import AttestationConclusion


@route("attestation.view")
def attestation_list(request: ActorRequest) -> HttpResponse:
    """Conclusions on ГИА: this year's first, searched, narrowed, printed, exported."""
    read_note(events.ATTESTATIONS_LISTED, actor=request.actor)
    rows = AttestationConclusion.objects.visible_to(request.actor).select_related("case__child")
    return list_response(request, attestation_listing(request.actor, timezone.localdate()), rows)
