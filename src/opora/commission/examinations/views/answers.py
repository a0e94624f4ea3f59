"""How a one-click deed answers: back to the page, with what was refused said on top of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opora.commission.cases.models import Case
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest

from ..models import Examination, Session


def session_url(session: Session) -> str:
    return reverse("examinations:session", args=[session.public_id])


def sheet_url(examination: Examination) -> str:
    return reverse("examinations:sheet", args=[examination.public_id])


def case_url(case: Case) -> str:
    return reverse("cases:case", args=[case.public_id])


def carried_out(
    request: ActorRequest, deed: Callable[[], Any], back: str, *, done: str = "", anchor: bool = False
) -> HttpResponse:
    """Do it and go back; a refusal is said there. With `anchor` its field is the id of a section of the page."""
    try:
        deed()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(f"{back}#section-{refusal.field}" if anchor and refusal.field else back)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(back)
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(back)
