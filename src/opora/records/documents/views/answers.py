"""Answers with a file: a PDF shown in the browser, an editable copy to be saved."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest
from opora.foundation.files.verdicts import DOCX
from opora.foundation.identifiers import public_id as random_name
from opora.foundation.ui.errors import refused

# A viewer of the browser draws the file inside its own page; scripts and foreign hosts stay forbidden.
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def respond_pdf(request: ActorRequest, make: Callable[[], bytes]) -> HttpResponse:
    """Answer with the PDF in the browser under a random name, or with a page that says why not."""
    try:
        data = make()
    except Refusal as refusal:
        return refused(request, refusal)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{random_name()}.pdf"'
    response["Content-Security-Policy"] = PDF_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def respond_docx(request: ActorRequest, make: Callable[[], bytes]) -> HttpResponse:
    """Answer with an editable copy under a random name, or with a page that says why not."""
    try:
        data = make()
    except Refusal as refusal:
        return refused(request, refusal)
    response = HttpResponse(data, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{random_name()}.docx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
