"""The page of one request, and its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response

from .. import clauses, events, services
from ..flow import PATH, State, available, next_step
from ..forms import AcknowledgeForm, AnnulForm, DecideForm, ScanForm, SendForm
from ..knowledge import consent_cover
from ..letter import ground_clause_of
from ..listing import deadline, disclosure_listing
from ..models import Disclosure
from ..sources import offers_of
from .receiving import kept, page_of

BOTH = ("GET", "POST")
PAGES = {
    "disclosure.decide": "disclosures:decide",
    "disclosure.send": "disclosures:send",
    "disclosure.acknowledge": "disclosures:acknowledge",
    "disclosure.annul": "disclosures:annul",
}


@route("disclosure.view")
def disclosure_list(request: ActorRequest) -> HttpResponse:
    """All requests of the organisation: narrowed by period, recipient and state, printed, exported."""
    read_note(events.DISCLOSURES_LISTED, actor=request.actor)
    rows = Disclosure.objects.kept_for(request.actor).select_related("child", "recipient", "guardian")
    return list_response(request, disclosure_listing(request.actor, timezone.localdate()), rows)


@route("disclosure.view", Disclosure, opens=events.DISCLOSURE_OPENED, even_frozen=True)
def disclosure(request: ActorRequest, found: Disclosure) -> HttpResponse:
    """What was asked, by whom and on which paper; what was decided, given and sent."""
    offered = [row for row in available(found.state, request.actor) if row.action != "disclosure.attach"]
    main = next((row for row in offered if row.main), None)
    history = Event.objects.visible_to(request.actor).about(found).deeds().select_related("user")
    return render(
        request, "disclosures/disclosure.html",
        {
            "disclosure": found, "child": found.child, "state": deadline(found, timezone.localdate()),
            "steps": _steps(found), "main": main, "main_url": _address(found, main.action) if main else "",
            "others": [(row, _address(found, row.action)) for row in offered if row is not main],
            "waits_for": next_step(found.state) if main is None else None,
            "papers": list(found.papers.all()), "later": list(found.later.all()),
            "scan_form": ScanForm(), "may_attach": found.may_attach,
            "written_only": clauses.WRITTEN_ONLY, "history": history[:20],
        },
    )  # fmt: skip


def _address(found: Disclosure, action: str) -> str:
    return reverse(PAGES[action], args=[found.public_id])


def _steps(found: Disclosure) -> list[dict[str, str]]:
    """The line of steps with its days; an annulled request shows where it ended."""
    if found.state == State.ANNULLED:
        first = {"title": str(State.RECEIVED.label), "state": "done", "note": ""}
        return [first, {"title": str(State.ANNULLED.label), "state": "current", "note": ""}]
    here = PATH.index(State(found.state))
    days = (found.received_on, found.decided_on, found.sent_on, found.acknowledged_on)
    last = len(PATH) - 1
    return [
        {
            "title": str(one.label),
            "state": "done" if place < here or here == last else "current" if place == here else "ahead",
            "note": f"{day:%d.%m.%Y}" if day else "",
        }
        for place, (one, day) in enumerate(zip(PATH, days, strict=True))
    ]


def _step_page(
    request: ActorRequest, found: Disclosure, form: Any, template: str, deed: Callable[[], Disclosure], done: str,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """A form of one step: carried out it leads back to the request, refused it says why and keeps what was typed."""
    if request.method == "POST" and form.is_valid() and attempt(form, deed) is not None:
        messages.success(request, done)
        return page_of(found)
    back = reverse("disclosures:disclosure", args=[found.public_id])
    context |= {"form": form, "disclosure": found, "child": found.child, "back": back}
    return render(request, template, context, status=422 if form.errors else 200)


@route("disclosure.decide", Disclosure, methods=BOTH, even_frozen=True)
def decide(request: ActorRequest, found: Disclosure) -> HttpResponse:
    """Give, refuse or ask to make the request clear; an answer to a bureau of МСЭ comes with its papers ticked."""
    today = timezone.localdate()
    if found.state != State.RECEIVED and request.method == "GET":
        return page_of(found)
    offered = offers_of(request.actor, found.child)
    cover = consent_cover(found, today)
    family = found.ground == Disclosure.Ground.FAMILY
    is_bureau = found.recipient is not None and found.recipient.kind == "disability_bureau"
    initial = {
        "on": today, "knowledge": "asked" if family else "",
        "papers": [one.key for one in offered if is_bureau and one.asked_by_bureau],
    }  # fmt: skip
    form = DecideForm(
        request.POST or None, request.FILES or None, offers=offered, cover=cover, family=family, initial=initial
    )  # fmt: skip

    def deed() -> Disclosure:
        extra = kept(request, form.cleaned_data["extra"], found.person_id)
        return services.disclosure_decide(actor=request.actor, disclosure=found, extra=extra, **form.details)

    return _step_page(
        request, found, form, "disclosures/decide.html", deed, "Ответ подписан. Напечатайте письмо и отправьте его.",
        offers=offered, cover=cover, is_bureau=is_bureau, family=family, clause=ground_clause_of(found),
        written_only=clauses.WRITTEN_ONLY, secrecy=clauses.SECRECY, consent_clause=clauses.CONSENT,
    )  # fmt: skip


@route("disclosure.send", Disclosure, methods=BOTH, even_frozen=True)
def send(request: ActorRequest, found: Disclosure) -> HttpResponse:
    """Record how and when the answer left."""
    form = SendForm(request.POST or None, initial={"sent_on": timezone.localdate(), "way": "in_person"})
    return _step_page(
        request, found, form, "disclosures/send.html",
        lambda: services.disclosure_send(actor=request.actor, disclosure=found, **form.cleaned_data),
        "Отправка записана.", is_by_paper=found.scan is not None,
    )  # fmt: skip


@route("disclosure.acknowledge", Disclosure, methods=BOTH, even_frozen=True)
def acknowledge(request: ActorRequest, found: Disclosure) -> HttpResponse:
    """Record that the addressee has the answer."""
    form = AcknowledgeForm(request.POST or None, request.FILES or None, initial={"on": timezone.localdate()})

    def deed() -> Disclosure:
        receipt = kept(request, form.cleaned_data["receipt"], found.person_id)
        return services.disclosure_acknowledge(
            actor=request.actor, disclosure=found, on=form.cleaned_data["on"], receipt=receipt
        )  # fmt: skip

    return _step_page(request, found, form, "disclosures/acknowledge.html", deed, "Получение записано.")


@route("disclosure.annul", Disclosure, methods=BOTH, even_frozen=True)
def annul(request: ActorRequest, found: Disclosure) -> HttpResponse:
    """Annul what was written by mistake and has not left."""
    form = AnnulForm(request.POST or None)
    return _step_page(
        request, found, form, "disclosures/annul.html",
        lambda: services.disclosure_annul(actor=request.actor, disclosure=found, reason=form.cleaned_data["reason"]),
        "Запрос аннулирован.", clause=clauses.SPOILED,
    )  # fmt: skip
