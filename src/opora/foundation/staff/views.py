"""Staff of the organisation: posts and undertakings of non-disclosure (annex 2.19)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access import services
from opora.foundation.access.models import Position, Undertaking
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, own_route, route
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.foundation.entrance.services import first_password
from opora.foundation.organisations.models import Organisation
from opora.foundation.ui.forms import attempt

from .forms import AppointmentForm, EndForm, OrganisationForm, UndertakingForm
from .helping import keep_once


@route("staff.view")
def staff(request: ActorRequest) -> HttpResponse:
    """Everyone who works here, with posts and the state of the undertaking."""
    positions = (
        Position.objects.visible_to(request.actor).held_on(timezone.localdate()).select_related("user", "organisation")
    )
    sworn = dict(Undertaking.objects.visible_to(request.actor).values_list("user", "signed_on"))
    rows: dict[int, dict[str, Any]] = {}
    for position in positions:
        row = rows.setdefault(
            position.user_id, {"user": position.user, "posts": [], "sworn": sworn.get(position.user_id)}
        )
        row["posts"].append(position)
    return render(request, "staff/staff.html", {"rows": list(rows.values())})


@route("staff.change", methods=("GET", "POST"), step_up=True)
def appoint(request: ActorRequest) -> HttpResponse:
    """A new employee or one more post."""
    form = AppointmentForm(request.POST or None, organisation=request.actor.at)
    if request.method == "POST" and form.is_valid():
        user = attempt(form, lambda: _appointed(request, form.cleaned_data))
        if user is not None:
            messages.success(request, f"{user} — должность внесена.")
            return HttpResponseRedirect(reverse("staff:list" if form.cleaned_data["user"] else "staff:password_once"))
    status = 422 if form.is_bound else 200
    return render(request, "staff/appoint.html", {"form": form}, status=status)


def _appointed(request: ActorRequest, data: dict[str, Any]) -> User:
    """Account and post together or neither."""
    user: User = data["user"] or _account(request, data)
    services.position_open(
        actor=request.actor,
        user=user,
        role=Role(data["role"]),
        started_on=data["started_on"],
        title=data["title"],
        speciality=data["speciality"],
        medical_speciality=data["medical_speciality"],
    )
    return user


def _account(request: ActorRequest, data: dict[str, Any]) -> User:
    """A new login; its password waits for the next page, which shows it once."""
    password = first_password()
    user = services.account_create(
        actor=request.actor,
        username=data["username"],
        password=password,
        last_name=data["last_name"],
        first_name=data["first_name"],
        middle_name=data["middle_name"],
    )
    keep_once(request, user, password)
    return user


@route("staff.change", Position, methods=("GET", "POST"), step_up=True)
def end_position(request: ActorRequest, position: Position) -> HttpResponse:
    """The last day of a post."""
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.position_end(actor=request.actor, position=position, ended_on=form.cleaned_data["ended_on"])
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return HttpResponseRedirect(reverse("staff:list"))
    return render(request, "staff/end.html", {"form": form, "position": position}, status=422 if form.is_bound else 200)


@route("undertaking.record", Position, methods=("GET", "POST"), step_up=True)
def undertaking(request: ActorRequest, position: Position) -> HttpResponse:
    """Record that a colleague signed the undertaking."""
    form = UndertakingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.undertaking_record(
                actor=request.actor, user=position.user, signed_on=form.cleaned_data["signed_on"]
            )
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, f"Обязательство внесено: {position.user.full_name}.")
            return HttpResponseRedirect(reverse("staff:list"))
    return render(
        request, "staff/undertaking.html", {"form": form, "position": position}, status=422 if form.is_bound else 200
    )


@route("organisation.change", methods=("GET", "POST"), step_up=True)
def organisation(request: ActorRequest) -> HttpResponse:
    """What stands on the letterhead of the organisation."""
    place = Organisation.objects.get(pk=request.actor.at.pk)
    form = OrganisationForm(request.POST or None, instance=place)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if attempt(form, lambda: services.organisation_change(actor=request.actor, values=values)):
            messages.success(request, "Сведения об организации сохранены.")
            return HttpResponseRedirect(reverse("staff:list"))
    return render(
        request, "staff/organisation.html", {"form": form, "place": place}, status=422 if form.is_bound else 200
    )


@own_route("GET")
def mine(request: ActorRequest) -> HttpResponse:
    """My posts and undertakings."""
    person: User = request.actor.person
    return render(
        request,
        "staff/mine.html",
        {
            "positions": Position.objects.filter(user=person).select_related("organisation"),
            "undertakings": Undertaking.objects.filter(user=person).select_related("organisation"),
        },
    )
