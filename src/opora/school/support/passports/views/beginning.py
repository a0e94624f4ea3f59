"""The list of passports, and how one is begun."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.school.pupils.models import SchoolClass
from opora.school.pupils.titles import year_of

from .. import events, services
from ..forms import BeginForm
from ..listing import passport_listing
from ..models import SocialPassport
from ..permissions import leads_passports, may_fill

BOTH = ("GET", "POST")


@route("passport.view")
def passport_list(request: ActorRequest) -> HttpResponse:
    """Passports by year, and what may be begun here."""
    read_note(events.PASSPORTS_LISTED, actor=request.actor)
    rows = SocialPassport.objects.visible_to(request.actor)
    context: dict[str, Any] = {}
    if not request.htmx and not request.GET.get("format"):
        context = {"lacking": _own_without(request.actor), "leads": leads_passports(request.actor)}
    years = list(rows.order_by("-year").values_list("year", flat=True).distinct())
    found = rows.select_related("school_class", "filled_by__user")
    wide = leads_passports(request.actor) or not may(request.actor, "passport.fill")
    return list_response(
        request, passport_listing(years, wide=wide), found, template="passports/list.html", **context
    )  # fmt: skip


def _own_without(actor: Actor) -> list[SchoolClass]:
    """Classes of the reader that have no passport this year."""
    if actor.user is None or not may(actor, "passport.fill"):
        return []
    mine = SchoolClass.objects.visible_to(actor).filter(teacher__user=actor.user, year=year_of(timezone.localdate()))
    return list(mine.filter(passports=None))


@route("passport.fill", SchoolClass, methods=BOTH)
def class_begin(request: ActorRequest, room: SchoolClass) -> HttpResponse:
    """The passport of a class: one field, the day."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: services.class_passport_begin(
                actor=request.actor, school_class=room, on=form.cleaned_data["on"]
            ),
        )  # fmt: skip
        if made is not None:
            return redirect("passports:sheet", made.public_id)
    context = {"form": form, "room": room, "may_fill": may_fill(request.actor, room)}
    return render(request, "passports/begin.html", context, status=422 if form.errors else 200)


@route("passport.make", methods=BOTH)
def school_begin(request: ActorRequest) -> HttpResponse:
    """The passport of the institution: one field, the day."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, lambda: services.school_passport_begin(actor=request.actor, on=form.cleaned_data["on"])
        )  # fmt: skip
        if made is not None:
            messages.success(request, "Паспорт учреждения посчитан. Посмотрите, что не сходится.")
            return redirect("passports:passport", made.public_id)
    return render(request, "passports/begin.html", {"form": form, "room": None}, status=422 if form.errors else 200)
