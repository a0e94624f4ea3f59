"""Asking for a card, the page of one access, the list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.models import EmergencyAccess
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.people.children.models import Child

from . import events, services
from .forms import OpenForm, ReviewForm
from .listing import emergency_listing, state_of

NOT_FOUND = "Карты по этим данным нет. Проверьте каждую букву и цифру: похожие имена не ищутся."
SHOWN = 200


@route("child.emergency_view")
def access_list(request: ActorRequest) -> HttpResponse:
    """All emergencies of the organisation for the head; one's own for everyone else."""
    read_note(events.EMERGENCIES_LISTED, actor=request.actor)
    rows = EmergencyAccess.objects.visible_to(request.actor).select_related("user")
    return list_response(request, emergency_listing(request.actor, rows, timezone.now()), rows)


@route("child.emergency", methods=("GET", "POST"), step_up=True)
def new(request: ActorRequest) -> HttpResponse:
    """Name one card and the reason; a wrong name is answered as a stranger's child is."""
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = attempt(form, lambda: services.emergency_open(actor=request.actor, **form.cleaned_data))
        if opened is not None:
            messages.success(request, "Карта открыта на час. Руководитель видит это с первой минуты.")
            return redirect("children:child", public_id=opened.person_id)
        if form.is_valid():
            form.add_error(None, NOT_FOUND)
    return render(request, "emergencies/new.html", {"form": form}, status=422 if form.errors else 200)


@route("child.emergency_view", EmergencyAccess, opens=events.EMERGENCY_READ, even_frozen=True)
def access(request: ActorRequest, access: EmergencyAccess) -> HttpResponse:
    """Who opened which card, why, until when, what was read, what the head said of it."""
    return _page(request, access, ReviewForm())


def _page(request: ActorRequest, access: EmergencyAccess, form: ReviewForm) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    own = access.user_id == actor.person.pk
    words, colour = state_of(access, now)
    context: dict[str, Any] = {
        "access": access,
        "child": Child.objects.visible_to(actor).filter(public_id=access.person_id).first(),
        "is_running": access.is_running(now),
        "words": words,
        "colour": colour,
        "may_review": may(actor, "child.emergency_review") and not own and access.reviewed_at is None,
        "form": form,
        "deeds": list(_readings(request, access)[:SHOWN]),
    }
    return render(request, "emergencies/access.html", context, status=422 if form.errors else 200)


def _readings(request: ActorRequest, access: EmergencyAccess) -> Any:
    """What was read and printed under this access, the newest first."""
    told = Event.objects.visible_to(request.actor).filter(
        user=access.user, at__range=(access.opened_at, access.closed_at)
    )
    return told.filter(details__emergency=access.public_id).select_related("user")


@route("child.emergency_view", EmergencyAccess, methods=("POST",), even_frozen=True)
def close(request: ActorRequest, access: EmergencyAccess) -> HttpResponse:
    """Close the card before its hour is over."""
    try:
        services.emergency_close(actor=request.actor, access=access)
        messages.success(request, "Доступ закрыт.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("emergencies:access", public_id=access.public_id)


@route("child.emergency_review", EmergencyAccess, methods=("POST",), even_frozen=True)
def review(request: ActorRequest, access: EmergencyAccess) -> HttpResponse:
    """The verdict."""
    form = ReviewForm(request.POST)
    if form.is_valid():
        done = attempt(
            form, lambda: services.emergency_review(actor=request.actor, access=access, **form.answers)
        )  # fmt: skip
        if done is not None:
            messages.success(request, "Вывод записан.")
            return redirect("emergencies:access", public_id=access.public_id)
    return _page(request, access, form)
