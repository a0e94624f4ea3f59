"""One proposal: decided by the head; its act and the export of the log for three years."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.models import Event
from opora.foundation.files.views import respond_file
from opora.foundation.registers.models import Snapshot
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.people import press
from opora.people.clearing import contents_of

from .. import events, services
from ..forms import ReasonForm
from ..keeping import keepers_of
from ..listing import order_listing
from ..models import DestructionOrder
from ..services.erasing import evidence_clause, subject_of

BOTH = ("GET", "POST")
State = DestructionOrder.State


@route("retention.view")
def order_list(request: ActorRequest) -> HttpResponse:
    """Proposals and acts of all years."""
    rows = DestructionOrder.objects.kept_for(request.actor)
    return list_response(request, order_listing(), rows, template="retention/orders.html")


@route("retention.view", DestructionOrder, opens=events.ORDER_OPENED, even_frozen=True)
def order(request: ActorRequest, found: DestructionOrder) -> HttpResponse:
    """Why, what goes, who proposed and who decided; after it the act and the log."""
    history = Event.objects.visible_to(request.actor).about(found).select_related("user")
    proposed_it = found.proposed_by_id == request.actor.person.pk
    context = {
        "order": found,
        "child": found.child,
        "steps": _steps(found),
        "parts": contents_of(found.organisation, found.person_id) if found.is_proposed else [],
        "subject": subject_of(found.organisation, found.person_id),
        "keepers": keepers_of(found.child, timezone.localdate()) if found.is_proposed else [],
        "proposed_it": proposed_it,
        "clause": evidence_clause(),
        "events": list(history[:20]),
    }
    return render(request, "retention/order.html", context)


@route("retention.confirm", DestructionOrder, methods=("POST",), step_up=True, even_frozen=True)
def confirm(request: ActorRequest, found: DestructionOrder) -> HttpResponse:
    """Destroy the card."""
    try:
        done = services.destruction_confirm(actor=request.actor, order=found)
    except Refusal as refusal:
        return refused(request, refusal)
    messages.success(request, f"Карта уничтожена. Напечатайте и подпишите акт №\u00a0{done.number_title}.")
    return redirect("retention:order", public_id=found.public_id)


@route("retention.confirm", DestructionOrder, methods=BOTH, even_frozen=True)
def decline(request: ActorRequest, found: DestructionOrder) -> HttpResponse:
    """Leave the card as it is."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: services.destruction_decline(actor=request.actor, order=found, reason=reason)):
            messages.success(request, "Предложение отклонено, карта хранится дальше.")
            return redirect("retention:order", public_id=found.public_id)
    context = {"form": form, "order": found, "back": reverse("retention:order", args=[found.public_id])}
    return render(request, "retention/decline.html", context, status=422 if form.errors else 200)


@route("retention.view", DestructionOrder, opens=events.ACT_READ, even_frozen=True)
def act(request: ActorRequest, found: DestructionOrder) -> HttpResponse:
    """The act, always the same bytes."""
    return _file(request, found.act)


@route("retention.view", DestructionOrder, opens=events.LOG_READ, even_frozen=True)
def log(request: ActorRequest, found: DestructionOrder) -> HttpResponse:
    """The export of the log to the act."""
    return _file(request, found.log)


def _file(request: ActorRequest, snapshot: Snapshot | None) -> HttpResponse:
    if snapshot is None:
        raise Http404
    try:
        return respond_file(press.issue(request.actor, snapshot), actor=request.actor)
    except Refusal as refusal:
        return refused(request, refusal)


def _steps(found: DestructionOrder) -> list[dict[str, Any]]:
    who = found.proposed_by.short_name
    steps = [{"title": "Предложено", "state": "done", "note": f"{found.proposed_at:%d.%m.%Y}, {who}"}]
    if found.is_proposed:
        return [*steps, {"title": "Решает руководитель", "state": "current", "note": "другой человек"}]
    decided = found.decided_by.short_name if found.decided_by else ""
    day = f"{timezone.localtime(found.decided_at):%d.%m.%Y}" if found.decided_at else ""
    title = "Карта уничтожена" if found.state == State.DESTROYED else "Отклонено"
    return [*steps, {"title": title, "state": "done", "note": ", ".join(filter(None, (day, decided)))}]
