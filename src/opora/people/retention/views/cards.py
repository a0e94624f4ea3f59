"""Cards by the end of their term; what keeps one longer; holds; the proposal to destroy."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.people.children.erasing import is_erased
from opora.people.children.models import Child

from .. import events, services
from ..forms import HoldForm, ProposeForm, ReasonForm
from ..keeping import clause_for, due_on, is_due, is_withdrawn, keepers_of, was_examined
from ..listing import card_listing, cards_of
from ..models import DestructionOrder, LegalHold

BOTH = ("GET", "POST")


@route("retention.view")
def card_list(request: ActorRequest) -> HttpResponse:
    """The list of the year: what is due, what is held, what waits for the head."""
    read_note(events.RETENTION_LISTED, actor=request.actor)
    today = timezone.localdate()
    return list_response(
        request, card_listing(request.actor, today), cards_of(request.actor, today), template="retention/list.html"
    )


@route("retention.view", Child, opens=events.CARD_OPENED, even_frozen=True)
def card(request: ActorRequest, child: Child) -> HttpResponse:
    """Until when one card is kept, by which clause, and what keeps it longer."""
    today = timezone.localdate()
    orders = DestructionOrder.objects.kept_for(request.actor).filter(child=child).select_related("proposed_by")
    context = {
        "child": child,
        "is_erased": is_erased(child),
        "due_on": due_on(child, today),
        "is_due": is_due(child, today),
        "keepers": keepers_of(child, today),
        "holds": list(LegalHold.objects.kept_for(request.actor).filter(child=child).select_related("placed_by")),
        "orders": list(orders),
        "waiting": next((one for one in orders if one.is_proposed), None),
        "reasons": _reasons(child),
        "clause": clause_for(child.organisation),
    }
    return render(request, "retention/card.html", context)


def _reasons(child: Child) -> list[str]:
    """Grounds that hold today; a court may order it at any time."""
    found = [DestructionOrder.Reason.TERM.value] if is_due(child, timezone.localdate()) else []
    if is_withdrawn(child) and not was_examined(child):
        found.append(DestructionOrder.Reason.WITHDRAWAL.value)
    return [*found, DestructionOrder.Reason.COURT.value]


@route("retention.hold", Child, methods=BOTH, even_frozen=True)
def hold(request: ActorRequest, child: Child) -> HttpResponse:
    """Forbid to destroy the card."""
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: services.hold_place(actor=request.actor, child=child, **given)):
            messages.success(request, "Запрет записан: карту не уничтожат.")
            return redirect("retention:card", public_id=child.public_id)
    return _form(request, "retention/hold.html", form, child)


@route("retention.release", LegalHold, methods=BOTH, even_frozen=True)
def release(request: ActorRequest, found: LegalHold) -> HttpResponse:
    """End a ban before its day."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: services.hold_release(actor=request.actor, hold=found, reason=reason)):
            messages.success(request, "Запрет снят.")
            return redirect("retention:card", public_id=found.child.public_id)
    return _form(request, "retention/release.html", form, found.child, hold=found)


@route("retention.propose", Child, methods=BOTH, even_frozen=True)
def propose(request: ActorRequest, child: Child) -> HttpResponse:
    """Propose to destroy the card; the head, another person, decides."""
    form = ProposeForm(request.POST or None, reasons=_reasons(child))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(form, lambda: services.destruction_propose(actor=request.actor, child=child, **given))
        if made is not None:
            messages.success(request, "Предложение записано. Решит руководитель, другой человек.")
            return redirect("retention:order", public_id=made.public_id)
    today = timezone.localdate()
    return _form(
        request, "retention/propose.html", form, child,
        due_on=due_on(child, today), keepers=keepers_of(child, today), clause=clause_for(child.organisation),
    )  # fmt: skip


def _form(request: ActorRequest, template: str, form: object, child: Child, **context: object) -> HttpResponse:
    back = reverse("retention:card", args=[child.public_id])
    errors = getattr(form, "errors", None)
    return render(
        request, template, context | {"form": form, "child": child, "back": back}, status=422 if errors else 200
    )
