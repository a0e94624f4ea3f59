"""The page of one passport."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.models import Event
from opora.foundation.ui.answers import taken
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.panels import shown

from ...approval import Status
from .. import events, services
from ..checks import Check, class_checks, sum_checks
from ..flow import colour_of, flow_of, state_words
from ..forms import CommentsForm
from ..models import SocialPassport
from ..permissions import leads_passports, may_fill
from ..reading import read_school
from ..rows import rows_of
from ..shown import shown_of
from ..sums import Count, counts_frozen, counts_now

# Where the button of a step leads: with words to type it opens a form, else it is pressed at once.
PAGES = {
    "class_passport.submit": "passports:submit_class", "class_passport.accept": "passports:accept",
    "class_passport.return": "passports:return_class", "passport.submit": "passports:submit_school",
    "passport.approve": "passports:approve", "passport.return": "passports:return_school",
}  # fmt: skip
WITH_WORDS = ("class_passport.return", "passport.return")
NEEDS_LEADING = ("class_passport.accept", "class_passport.return", "passport.submit")


@route("passport.view", SocialPassport, opens=events.PASSPORT_OPENED)
def passport(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """Three counters of each row, beside an earlier passport; checks, steps, the picture."""
    return passport_page(request, found)


def passport_page(
    request: ActorRequest,
    found: SocialPassport,
    *,
    refusal: str = "",
    words: CommentsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, also with the sentence of a refused step or with refused comments."""
    counts, checks = _counted(request.actor, found)
    table = shown_of(request.actor, found, counts, request.GET.get("with", ""))
    history = Event.objects.visible_to(request.actor).about(found).select_related("user")
    context: dict[str, Any] = {
        "passport": found, "shown": table, "checks": checks, "state": state_words(found), "colour": colour_of(found),
        "steps": steps_of(request.actor, found), "may_write": _may_write(request.actor, found),
        "form": words or CommentsForm(initial={"comments": found.comments}), "refusal": refusal,
        "waits_for": _waits_for(found), "panels": shown("social-passport", request.actor, found),
        "events": list(history[:20]),
    }  # fmt: skip
    return render(request, "passports/passport.html", context, status=status)


def _counted(actor: Actor, found: SocialPassport) -> tuple[list[Count], list[Check]]:
    """Figures and what is not in order; those who fill one class are not told of the others."""
    if found.is_frozen:
        counts = counts_frozen(found)
        return counts, sum_checks(actor, found, counts)
    school = read_school(found.organisation, found.on)
    counts = counts_now(found, school)
    checks = sum_checks(actor, found, counts)
    if found.school_class_id is None:
        checks += class_checks(actor, found, school, rows_of(found.organisation))
    return counts, checks


def steps_of(actor: Actor, found: SocialPassport) -> list[dict[str, Any]]:
    """Buttons of this reader, the next step first."""
    allowed = []
    for one in flow_of(found).available(found.status, actor):
        own = leads_passports(actor) if one.action in NEEDS_LEADING else True
        if one.action == "class_passport.submit":
            own = may_fill(actor, found.school_class)
        if own and may(actor, one.action):
            url = reverse(PAGES[one.action], args=[found.public_id])
            allowed.append({"row": one, "url": url, "asks": one.action in WITH_WORDS})
    return allowed


def _may_write(actor: Actor, found: SocialPassport) -> bool:
    if not may(actor, "passport.fill"):
        return False
    if found.status == Status.SUBMITTED:
        return may_fill(actor, None)
    if found.school_class_id is None:
        return found.is_open and leads_passports(actor)
    return found.is_open and may_fill(actor, found.school_class)


def _waits_for(found: SocialPassport) -> str:
    row = flow_of(found).next_step(found.status)
    return row.performers if row else ""


@route("passport.fill", SocialPassport, methods=("POST",))
def comments(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """Words beside the figures."""
    form = CommentsForm(request.POST)
    if form.is_valid():
        attempt(
            form, lambda: services.comments_write(actor=request.actor, passport=found, **form.cleaned_data)
        )  # fmt: skip
    if form.is_valid():
        messages.success(request, "Примечания сохранены.")
        return redirect("passports:passport", found.public_id)
    return passport_page(request, found, words=form, status=422)


@route("passport.fill", SocialPassport, methods=("POST",))
def drop(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """Throw away a passport that was begun by mistake."""
    deed = partial(services.passport_drop, actor=request.actor, passport=found)
    return taken(request, deed, "Начатый паспорт удалён; отметки о семьях остались.", reverse("passports:list"))
