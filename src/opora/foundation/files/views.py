"""How a kept file is served. Who may read it is decided by the route of the room that owns it."""

from __future__ import annotations

from django.http import HttpResponse

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from . import events
from .inspection import EXTENSIONS
from .models import StoredFile
from .services import file_read

SANDBOX = "sandbox; default-src 'none'"


def respond_file(stored: StoredFile, *, actor: Actor, person_id: str = "") -> HttpResponse:
    """Answer with the verified content as an attachment; the name tells nothing about anyone.

    Raises Refusal when the content is not what was kept.
    """
    data = file_read(stored)
    record(events.FILE_READ, actor=actor, subject=stored, person_id=person_id, content_type=stored.content_type)
    response = HttpResponse(data, content_type=stored.content_type)
    extension = EXTENSIONS.get(stored.content_type, "bin")
    response["Content-Disposition"] = f'attachment; filename="{stored.public_id}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
