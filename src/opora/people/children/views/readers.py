"""Who opened, printed, searched out or changed a child's file: for the head (152-ФЗ, статья 22.1)."""

from __future__ import annotations

from django.http import HttpResponse

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.events import READERS_READ
from opora.foundation.audit.models import Event
from opora.foundation.evidence.listing import readers_listing
from opora.foundation.ui.lists import list_response

from ..models import Child


@route("child.readers", Child, opens=READERS_READ)
def readers(request: ActorRequest, child: Child) -> HttpResponse:
    """Each line a sentence with its person and moment; narrowed, printed and exported like every list."""
    rows = Event.objects.visible_to(request.actor).about_person(child.public_id).select_related("user")
    return list_response(request, readers_listing(request.actor), rows, template="children/readers.html", child=child)
