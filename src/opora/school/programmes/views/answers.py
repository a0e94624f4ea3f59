"""How a one-click deed answers: back to the page, with what was refused said on top of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest

from ..models import Programme


def programme_url(programme: Programme) -> str:
    return reverse("programmes:programme", args=[programme.public_id])


def sheet_url(programme: Programme, anchor: str = "") -> str:
    address = reverse("programmes:draft", args=[programme.public_id])
    return f"{address}#{anchor}" if anchor else address


def family_url(programme: Programme) -> str:
    return reverse("programmes:family", args=[programme.public_id])


def carried_out(
    request: ActorRequest,
    deed: Callable[[], Any],
    back: str,
    *,
    done: str = "",
    onwards: str = "",
    anchor: bool = False,
) -> HttpResponse:
    """Do it and go `onwards`; a refusal is said `back`, with `anchor` at the row that it names."""
    try:
        with transaction.atomic():
            deed()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(f"{back}#{refusal.field}" if anchor and refusal.field else back)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(back)
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(onwards or back)
