"""The path of a withdrawal: received, stopped, carried out by the head. All of it open for a frozen card."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import read_note
from opora.foundation.files.models import StoredFile
from opora.foundation.files.views import respond_file
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.people import press

from .. import events, services
from ..forms import LiftForm
from ..listing import state_of, withdrawal_listing
from ..models import Withdrawal
from ..services.carrying_out import what_goes, what_stays

BOTH = ("GET", "POST")


@route("consent.withdraw")
def withdrawal_list(request: ActorRequest) -> HttpResponse:
    """All withdrawals by their term. No child is named here: its card is frozen."""
    read_note(events.WITHDRAWALS_LISTED, actor=request.actor)
    rows = Withdrawal.objects.kept_for(request.actor).select_related("consent")
    return list_response(request, withdrawal_listing(timezone.localdate()), rows)


@route("consent.withdraw", Withdrawal, opens=events.WITHDRAWAL_OPENED, even_frozen=True)
def withdrawal(request: ActorRequest, found: Withdrawal) -> HttpResponse:
    """What came, what is stopped, what goes and what stays, how many days are left."""
    return _page(request, found)


@route("consent.carry_out", Withdrawal, methods=("POST",), step_up=True, even_frozen=True)
def carry_out(request: ActorRequest, found: Withdrawal) -> HttpResponse:
    """Destroy what need not stay and print the act."""
    try:
        done = services.withdrawal_carry_out(actor=request.actor, withdrawal=found)
    except Refusal as refusal:
        return refused(request, refusal)
    messages.success(request, f"Отзыв исполнен. Напечатайте акт №\u00a0{done.number_title} и подпишите его.")
    return redirect("consents:withdrawal", public_id=found.public_id)


@route("consent.lift", Withdrawal, methods=BOTH, even_frozen=True)
def lift(request: ActorRequest, found: Withdrawal) -> HttpResponse:
    """Undo what was recorded by mistake, while nothing is destroyed."""
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: services.withdrawal_lift(actor=request.actor, withdrawal=found, reason=reason)):
            messages.success(request, "Отзыв снят, согласие снова действует. Дело при этом не возобновляется.")
            return redirect("consents:withdrawal", public_id=found.public_id)
    back = reverse("consents:withdrawal", args=[found.public_id])
    context = {"form": form, "withdrawal": found, "back": back}
    return render(request, "consents/lift.html", context, status=422 if form.errors else 200)


@route("consent.withdraw", Withdrawal, even_frozen=True)
def scan(request: ActorRequest, found: Withdrawal) -> HttpResponse:
    """The scan of the paper."""
    return _file(request, found.scan, found)


@route("consent.withdraw", Withdrawal, opens=events.ACT_READ, even_frozen=True)
def act(request: ActorRequest, found: Withdrawal) -> HttpResponse:
    """The act, always the same bytes."""
    return _file(request, press.issue(request.actor, found.act) if found.act else None, found)


def _file(request: ActorRequest, stored: StoredFile | None, found: Withdrawal) -> HttpResponse:
    if stored is None:
        raise Http404
    try:
        return respond_file(stored, actor=request.actor, person_id=found.person_id)
    except Refusal as refusal:
        return refused(request, refusal)


def _page(request: ActorRequest, found: Withdrawal) -> HttpResponse:
    today = timezone.localdate()
    history = Event.objects.visible_to(request.actor).about(found).select_related("user")
    context = {
        "withdrawal": found,
        "consent": found.consent,
        "state": state_of(found, today),
        "days_left": (found.stop_on - today).days,
        "steps": _steps(found),
        "goes": what_goes(found) if found.is_open else [],
        "stays": what_stays(found) if found.state != Withdrawal.State.LIFTED else [],
        "events": list(history[:20]),
    }
    return render(request, "consents/withdrawal.html", context)


def _steps(found: Withdrawal) -> list[dict[str, str]]:
    received = {"title": "Отзыв получен", "state": "done", "note": f"{found.received_on:%d.%m.%Y}"}
    if found.state == Withdrawal.State.LIFTED:
        return [received, {"title": "Снят", "state": "current", "note": ""}]
    stopped = {"title": "Обработка остановлена", "state": "done", "note": f"{found.received_on:%d.%m.%Y}"}
    if found.done_on is None:
        return [received, stopped, {"title": "Исполнить", "state": "current", "note": f"до {found.stop_on:%d.%m.%Y}"}]
    done = {"title": "Исполнен", "state": "done", "note": f"{found.done_on:%d.%m.%Y}"}
    return [received, stopped, done]
