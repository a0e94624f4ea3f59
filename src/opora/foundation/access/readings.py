"""Nothing personal is shown without an event: whatever a view has written, its answer is looked at here (C-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.http import HttpResponse

from opora.foundation.audit.services import page_note

from .actions import action

if TYPE_CHECKING:
    from .routes import ActorRequest


def shown(
    request: ActorRequest, code: str, response: HttpResponse, subject: models.Model | None = None
) -> HttpResponse:
    """Return the answer of a route, once its reading is in the log.

    A redirect shows nothing, HEAD has no body. If the event cannot be written, the error goes up and the answer
    with its data is thrown away. A deed that answers with a page has its own event; one that was refused has none.
    """
    asked = action(code)
    empty = 300 <= response.status_code < 400 or not (response.streaming or response.content)
    if not asked.personal or empty or request.method == "HEAD":
        return response
    page_note(
        actor=request.actor,
        subject=subject,
        person_id=str(getattr(subject, "person_id", "") or ""),
        is_fragment=bool(getattr(request, "htmx", False)) or request.headers.get("X-Requested-With") == "fetch",
        survives=request.method == "GET",
        action=code,
        title=asked.title,
    )
    return response
