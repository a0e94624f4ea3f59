"""A new request, and its scan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.files.models import StoredFile
from opora.foundation.files.services import file_store
from opora.foundation.files.views import respond_file
from opora.foundation.organisations.models import Organisation
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt
from opora.people.children.models import Child

from .. import clauses, services
from ..forms import RECIPIENTS, ReceiveForm
from ..models import DisclosedPaper, Disclosure
from ..sources import press
from ..terms import answer_term

MOST = 500


def page_of(disclosure: Disclosure) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("disclosures:disclosure", args=[disclosure.public_id]))


@route("disclosure.receive", Child, methods=("GET", "POST"), even_frozen=True)
def new(request: ActorRequest, child: Child) -> HttpResponse:
    """Write down a request; one that makes an earlier one clear brings over what is known of it."""
    earlier = _earlier(request, child)
    guardians = [link.guardian for link in child.guardianships.filter(ended_on=None).select_related("guardian")]
    form = ReceiveForm(
        request.POST or None, request.FILES or None, guardians=guardians, initial=_usual(earlier)
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        found = attempt(form, lambda: _receive(request, child, form, earlier))
        if found is not None:
            messages.success(request, "Запрос внесён.")
            return page_of(found)
    context = {
        "form": form, "child": child, "earlier": earlier, "term": answer_term(timezone.localdate()),
        "datalists": {RECIPIENTS: _recipients()}, "clause": clauses.WRITTEN_ONLY,
        "back": reverse("children:child", args=[child.public_id]) + "#child_disclosures",
    }  # fmt: skip
    return render(request, "disclosures/new.html", context, status=422 if form.errors else 200)


def _receive(request: ActorRequest, child: Child, form: ReceiveForm, earlier: Disclosure | None) -> Disclosure:
    given = form.cleaned_data
    place = None
    if form.cleaned_data["ground"] in Disclosure.Ground.values:
        place = services.recipient_by_name(
            actor=request.actor, name=given["recipient_name"], kind=given["recipient_kind"],
            address=given["recipient_address"],
        )  # fmt: skip
    return services.disclosure_receive(
        actor=request.actor, child=child, recipient=place, scan=kept(request, given["scan"], child.public_id),
        earlier=earlier, **form.details,
    )  # fmt: skip


def kept(request: ActorRequest, upload: Any, person_id: str) -> StoredFile | None:
    """The file that came with a form, if one did."""
    return file_store(actor=request.actor, upload=upload, person_id=person_id) if upload else None


def _earlier(request: ActorRequest, child: Child) -> Disclosure | None:
    wanted = request.GET.get("after", "")
    if not wanted:
        return None
    rows = Disclosure.objects.kept_for(request.actor).filter(child=child, decision=Disclosure.Decision.CLARIFY)
    found = rows.select_related("recipient", "guardian").filter(public_id=wanted).first()
    if found is None:
        raise Http404
    return found


def _usual(earlier: Disclosure | None) -> dict[str, Any]:
    today = timezone.localdate()
    if earlier is None:
        return {"received_on": today}
    return {
        "received_on": today, "ground": earlier.ground, "ground_clause": earlier.ground_clause,
        "recipient_name": earlier.recipient.short_name if earlier.recipient else "",
        "guardian": earlier.guardian.public_id if earlier.guardian else None,
        "asked_by_name": earlier.asked_by_name, "asked_by_post": earlier.asked_by_post, "asked": earlier.asked,
    }  # fmt: skip


def _recipients() -> list[tuple[str, str]]:
    rows = Organisation.objects.order_by("short_name").values_list("short_name", "district")
    return list(rows[:MOST])


@route("disclosure.attach", Disclosure, methods=("POST",), even_frozen=True)
def attach(request: ActorRequest, disclosure: Disclosure) -> HttpResponse:
    """Attach the scan of the request."""
    upload = request.FILES.get("scan")
    if upload is None:
        messages.error(request, "Выберите файл: скан запроса.")
        return page_of(disclosure)
    try:
        services.scan_attach(actor=request.actor, disclosure=disclosure, upload=upload)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return page_of(disclosure)


@route("disclosure.view", Disclosure, even_frozen=True)
def scan(request: ActorRequest, disclosure: Disclosure) -> HttpResponse:
    """The scan of the request."""
    return _file(request, disclosure.scan, disclosure.person_id)


@route("disclosure.view", Disclosure, even_frozen=True)
def receipt(request: ActorRequest, disclosure: Disclosure) -> HttpResponse:
    """The scan of the receipt."""
    return _file(request, disclosure.receipt, disclosure.person_id)


@route("disclosure.view", Disclosure, even_frozen=True)
def letter(request: ActorRequest, disclosure: Disclosure) -> HttpResponse:
    """The signed letter, always the same bytes."""
    issued = press().issue(request.actor, disclosure.letter) if disclosure.letter else None
    return _file(request, issued, disclosure.person_id)


@route("disclosure.view", DisclosedPaper, even_frozen=True)
def paper(request: ActorRequest, given: DisclosedPaper) -> HttpResponse:
    """A paper exactly as it was given."""
    return _file(request, given.file, given.person_id)


def _file(request: ActorRequest, stored: StoredFile | None, person_id: str) -> HttpResponse:
    if stored is None:
        raise Http404
    try:
        return respond_file(stored, actor=request.actor, person_id=person_id)
    except Refusal as refusal:
        return refused(request, refusal)
