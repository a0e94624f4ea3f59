"""Telling of a child, the list of concerns, the page of one, what is decided on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.knowledge import may_know
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.people.law import law_on
from opora.regulations.signals.asking import first_steps

from .. import events, services
from ..forms import ConcernForm, DeclineForm, SendForm
from ..listing import concern_listing
from ..meetings import concern_way
from ..models import AdditionalExamination, Concern
from ..roll import Pupil, named, own_class, roll, rooms_of
from ..services.examining import consent_for
from ..shown import COLOURS, examines, is_author, reads_mark, reads_words, signs_of
from ..terms import decide_by, examine_by, terms_of


@route("concern.view")
def concerns(request: ActorRequest) -> HttpResponse:
    """The list of concerns."""
    read_note(events.CONCERNS_LISTED, actor=request.actor)
    rows = Concern.objects.visible_to(request.actor).select_related("child", "author", "psychologist__user")
    listing = concern_listing(request.actor, timezone.localdate())
    return list_response(request, listing, rows, template="signals/concerns.html")


@route("concern.raise", methods=("GET", "POST"))
def new(request: ActorRequest) -> HttpResponse:
    """Tell of a child of the school: its name from the roll, the signs, the words, the urgency.

    «find» and «room» only look up names and keep what was typed, so that the page works without a script.
    """
    actor, every = request.actor, roll(request.actor)
    asks = request.method == "POST" and ("find" in request.POST or "room" in request.POST)
    form = _concern_form(request, every, bound=request.method == "POST" and not asks)
    if request.method == "POST" and not asks and form.is_valid():
        raised = attempt(form, lambda: services.concern_raise(actor=actor, **form.details))
        if raised is not None:
            messages.success(request, "Сигнал передан. Ответ придёт на ваш рабочий стол.")
            return redirect("signals:concern", public_id=raised.public_id)
    failed = request.method == "POST" and not asks
    return _concern_page(request, form, every, status=422 if failed else 200)


@route("concern.raise", methods=("POST",))
def pupils(request: ActorRequest) -> HttpResponse:
    """Names that typed letters or a class mean; nothing but names and classes."""
    offered = _offered(request, roll(request.actor))
    read_note(events.PUPILS_NAMED, actor=request.actor, count=len(offered))
    context = {"offered": offered, "picked": request.POST.get("child", ""), "asked": request.POST.get("who", "")}
    return render(request, "signals/pupils.html", context)


def _concern_form(request: ActorRequest, every: list[Pupil], *, bound: bool) -> ConcernForm:
    offered, today = _offered(request, every), timezone.localdate()
    if bound:
        return ConcernForm(request.POST, offered=offered, every=every, today=today)
    kept: dict[str, Any] = {
        name: request.POST[name] for name in ("seen", "urgency", "noticed_on", "child") if name in request.POST
    }
    kept |= {"signs": request.POST.getlist("signs")} if "signs" in request.POST else {}
    kept |= {"suicide_risk": True} if "suicide_risk" in request.POST else {}
    asked = {"child": request.GET["child"]} if "child" in request.GET else {}
    return ConcernForm(initial={**asked, **kept}, offered=offered, every=every, today=today)


def _offered(request: ActorRequest, every: list[Pupil]) -> list[Pupil]:
    """Whom the page names: the one asked for, the typed, the class; at first the actor's own class."""
    picked = request.POST.get("child") or request.GET.get("child", "")
    known = [one for one in every if one.public_id == picked]
    text = request.POST.get("room") or request.POST.get("who", "")
    if text:
        found = named(every, text[:80])
        return found + [one for one in known if one not in found]
    return known or own_class(request.actor, every)


def _concern_page(request: ActorRequest, form: ConcernForm, every: list[Pupil], status: int) -> HttpResponse:
    picked = form["child"].value() or ""
    context = {
        "form": form, "offered": form.offered, "picked": picked, "rooms": rooms_of(every),
        "who": request.POST.get("who", ""), "asked": request.POST.get("who", ""),
        "is_known": len(form.offered) == 1 and form.offered[0].public_id == picked,
    }  # fmt: skip
    if form.offered:
        read_note(events.PUPILS_NAMED, actor=request.actor, count=len(form.offered))
    return render(request, "signals/new.html", context, status=status)


@route("concern.view", Concern, opens=events.CONCERN_OPENED)
def concern(request: ActorRequest, found: Concern) -> HttpResponse:
    """One concern: what each reader may see of it, and what is to be done."""
    return concern_page(request, found)


def concern_page(
    request: ActorRequest, found: Concern, *, send: Form | None = None, decline: Form | None = None, status: int = 200
) -> HttpResponse:
    """The page with its forms; a refused one comes back as it was typed."""
    actor, today = request.actor, timezone.localdate()
    decides = may(actor, "concern.decide") and found.is_open
    terms = terms_of(actor, today) if decides else {}
    examination = AdditionalExamination.objects.visible_to(actor).filter(concern=found).first()
    way = concern_way(found) if may(actor, "concern.decide") and _to_meeting(found) else None
    is_over = way is not None and way.is_over
    context: dict[str, Any] = {
        "concern": found, "child": found.child, "colour": "done" if is_over else COLOURS[Concern.State(found.state)],
        "reads_words": reads_words(actor, found), "is_marked": reads_mark(actor, found), "signs": signs_of(found),
        "is_author": is_author(actor, found), "knows_child": may_know(actor, found.person_id),
        "examination": examination, "examines": examines(actor, found), "decides": decides,
        "decide_by": decide_by(terms, found) if decides and found.state == Concern.State.RAISED else None,
        "way": way,
    }  # fmt: skip
    if decides:
        start = {"due_on": found.due_on or examine_by(terms, found, today), "decision": found.decision}
        if found.psychologist is not None:
            start["psychologist"] = found.psychologist.public_id
        context |= {
            "send": send or SendForm(actor=actor, today=today, initial=start),
            "decline": decline or DeclineForm(),
        }  # fmt: skip
    if found.is_open and (decides or context["examines"]):
        context |= {"consent": consent_for(found, today), "steps": first_steps(law_on(today))}
    return render(request, "signals/concern.html", context, status=status)


def _to_meeting(found: Concern) -> bool:
    """A confirmed concern waits for a meeting; an urgent one need not wait for the examination."""
    return found.state == Concern.State.CONFIRMED or (found.is_open and found.urgency == Concern.Urgency.TODAY)


@route("concern.decide", Concern, methods=("POST",))
def send(request: ActorRequest, found: Concern) -> HttpResponse:
    """Send the child to a psychologist."""
    form = SendForm(request.POST, actor=request.actor, today=timezone.localdate())
    if form.is_valid():
        done = attempt(
            form, lambda: services.concern_send(actor=request.actor, concern=found, **form.cleaned_data)
        )  # fmt: skip
        if done is not None:
            messages.success(request, "Передано психологу: дело на его рабочем столе.")
            return redirect("signals:concern", public_id=found.public_id)
    return concern_page(request, found, send=form, status=422)


@route("concern.decide", Concern, methods=("POST",))
def decline(request: ActorRequest, found: Concern) -> HttpResponse:
    """Close without an examination."""
    form = DeclineForm(request.POST)
    if form.is_valid():
        done = attempt(
            form, lambda: services.concern_decline(actor=request.actor, concern=found, **form.cleaned_data)
        )  # fmt: skip
        if done is not None:
            messages.success(request, "Сигнал закрыт без обследования.")
            return redirect("signals:concern", public_id=found.public_id)
    return concern_page(request, found, decline=form, status=422)
