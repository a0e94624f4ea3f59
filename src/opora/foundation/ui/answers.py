"""How a press of a button answers: done and said so, or what was refused stands where the person reads it.

`taken` answers a refusal with a page, `carried_out` says it on the page gone back to, `filled` beside its field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest

from .errors import refused
from .forms import attempt

Deed = Callable[[], Any]


def taken(
    request: ActorRequest, deed: Deed, done: str, to: str, *, otherwise: Callable[[Refusal], HttpResponse] | None = None
) -> HttpResponse:
    """Do it and go on; a refusal is answered with `otherwise`, or with a page of its own."""
    try:
        with transaction.atomic():
            deed()
    except Refusal as refusal:
        return otherwise(refusal) if otherwise else refused(request, refusal)
    return _gone(request, done, to)


def carried_out(
    request: ActorRequest, deed: Deed, back: str, *, done: str = "", onwards: str = "", anchor: str | None = None
) -> HttpResponse:
    """Do it and go `onwards`, or back; a refusal is said on the page gone back to.

    `anchor` begins the ids of places on that page, «section-», which go on with the field that a refusal names.
    """
    try:
        with transaction.atomic():
            deed()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        if anchor is not None and refusal.field:
            back = f"{back.partition('#')[0]}#{anchor}{refusal.field}"
        return HttpResponseRedirect(back)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(back)
    return _gone(request, done, onwards or back)


def filled(
    request: ActorRequest, form: BaseForm, deed: Callable[..., Any], done: str, to: str,
    page: Callable[[], HttpResponse],
) -> HttpResponse:  # fmt: skip
    """Hand what was typed to the deed and go on; `page` shows the form, at first and with what is wrong in it."""
    if form.is_valid():
        attempt(form, lambda: deed(**form.cleaned_data))
    return _gone(request, done, to) if form.is_valid() else page()


def _gone(request: ActorRequest, done: str, to: str) -> HttpResponse:
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(to)
