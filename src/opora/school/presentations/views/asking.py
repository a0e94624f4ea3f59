"""Asking colleagues for papers, and the list of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.foundation.ui.typography import plural
from opora.people.children.models import Child

from .. import events, services
from ..forms import RequestForm
from ..listing import presentations_listing
from ..models import Presentation, PresentationRequest
from ..sheet import has_consent
from .sheets import child_url


@route("presentation.view")
def presentation_list(request: ActorRequest) -> HttpResponse:
    read_note(events.PRESENTATIONS_LISTED, actor=request.actor)
    rows = Presentation.objects.visible_to(request.actor).with_people()
    return list_response(request, presentations_listing(request.actor), rows)


@route("presentation.request", Child, methods=("GET", "POST"))
def request_new(request: ActorRequest, child: Child) -> HttpResponse:
    """Ask several colleagues at once; their sheets are ready at that moment."""
    form = RequestForm(request.POST or None, actor=request.actor, child=child)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: services.presentation_request(
                actor=request.actor, child=child, asked=form.pairs, due_on=given["due_on"], on=timezone.localdate(),
                purpose=given["purpose"], note=given["note"],
            ),
        )  # fmt: skip
        if made is not None:
            messages.success(request, f"Попросили: {plural(len(made), 'документ,документа,документов')}.")
            return redirect(child_url(child))
    context = {"form": form, "child": child, "back": child_url(child), "has_consent": has_consent(child)}
    return render(request, "presentations/request.html", context, status=422 if form.is_bound else 200)


@route("presentation.request", PresentationRequest, methods=("POST",))
def request_cancel(request: ActorRequest, asked: PresentationRequest) -> HttpResponse:
    try:
        services.request_cancel(actor=request.actor, request=asked, on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(child_url(asked.child))
