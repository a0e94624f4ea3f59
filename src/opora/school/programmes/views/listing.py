"""The list of programmes, the file of one, its beginning and its curator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.foundation.ui.panels import shown, step_address
from opora.people.children.models import Child
from opora.people.law import law_on
from opora.regulations.support.checking import sections_of
from opora.school.consilium.models import AgendaItem

from .. import services
from ..events import PROGRAMME_OPENED, PROGRAMMES_LISTED
from ..flow import CURATORS, PATH, Status, Transition, available, next_step
from ..forms import BeginForm, CuratorForm
from ..listing import programme_listing, state_of_term
from ..models import Programme, ProgrammeSection
from ..plan import findings_of, plan_of
from ..prefilling import class_of, protocol_of
from ..seeing import knows_kind
from ..writing import term_words
from .addresses import programme_url, sheet_url


@dataclass(frozen=True)
class Milestone:
    """One step of the line over a programme."""

    title: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Button:
    """An action of the page and where it is made."""

    row: Transition
    address: str


def milestones(programme: Programme) -> list[Milestone]:
    """The line of steps; one that ended otherwise shows where."""
    if programme.status in (Status.CANCELLED, Status.CONTINUED):
        return [Milestone(str(Status.DRAFT.label), "done"), Milestone(programme.get_status_display(), "current")]
    here = PATH.index(Status(programme.status))
    since = f"с {programme.status_since:%d.%m.%Y}" if programme.status_since else ""
    over = programme.status == Status.FINISHED

    def state(place: int) -> str:
        if place < here or over:
            return "done"
        return "current" if place == here else "ahead"

    return [Milestone(str(one.label), state(place), since if place == here else "") for place, one in enumerate(PATH)]


def buttons(actor: Actor, programme: Programme) -> list[Button]:
    """What this person may do with the programme now, the next step first."""
    leads = services.may_lead(actor, programme)
    return [
        Button(row, address)
        for row in available(programme.status, actor)
        if (leads or row.roles != CURATORS) and (address := step_address(row.action, programme))
    ]


def is_read_whole(actor: Actor, programme: Programme) -> bool:
    return Programme.objects.filter(organisation=actor.at).read_whole_by(actor).filter(pk=programme.pk).exists()


@route("programme.view")
def programme_list(request: ActorRequest) -> HttpResponse:
    """All programmes that the person may see."""
    read_note(PROGRAMMES_LISTED, actor=request.actor)
    rows = Programme.objects.visible_to(request.actor).with_people()
    listing = programme_listing(request.actor, timezone.localdate())
    return list_response(request, listing, rows, template="programmes/list.html")


@route("programme.view", Programme, opens=PROGRAMME_OPENED)
def programme_page(request: ActorRequest, programme: Programme) -> HttpResponse:
    """The file of one programme: header, line of steps, content as far as the person reads it, history."""
    actor, today = request.actor, timezone.localdate()
    offered = buttons(actor, programme)
    main = next((one for one in offered if one.row.main), None)
    step = next_step(programme.status)
    whole = is_read_whole(actor, programme)
    plan = plan_of(actor, programme)
    leads = may(actor, "programme.write") and services.may_lead(actor, programme)
    context: dict[str, Any] = {
        "programme": programme,
        "child": programme.child,
        "milestones": milestones(programme),
        "main": main,
        "others": [one for one in offered if one is not main],
        "waits_for": step if step and main is None else None,
        "whole": whole,
        "plan": plan,
        "term": term_words(programme),
        "term_state": state_of_term(programme, today),
        "leads": leads,
        "sees_kind": knows_kind(actor, programme),
        "panels": shown("programme", actor, programme),
        "history": Event.objects.visible_to(actor).about(programme).deeds().select_related("user")[:20],
    }
    if whole:
        context |= _whole(actor, programme)
        final = programme.status not in (Status.DRAFT,)
        if leads and not programme.is_over:
            context["findings"] = findings_of(actor, programme, today, plan=plan, final=final)
    return render(request, "programmes/programme.html", context)


def _whole(actor: Actor, programme: Programme) -> dict[str, Any]:
    """What stands on the page for those who read the programme from the first line to the last."""
    texts = {one.code: one.text for one in ProgrammeSection.objects.visible_to(actor).filter(programme=programme)}
    school_class, teacher = class_of(programme.child)
    return {
        "texts": [
            (one.title, texts[one.code])
            for one in sections_of(law_on(timezone.localdate()))
            if texts.get(one.code, "").strip()
        ],
        "school_class": school_class,
        "teacher": teacher,
        "protocol": protocol_of(programme),
        "versions": programme.versions.count(),
        "proposals": list(programme.proposals.select_related("guardian")),
        "agreements": list(programme.agreements.select_related("guardian", "version")),
    }


@route("programme.open", Child, methods=("GET", "POST"))
def programme_begin(request: ActorRequest, child: Child) -> HttpResponse:
    """A programme begins: the chair names the curator, all else is proposed."""
    actor, today = request.actor, timezone.localdate()
    item = _item_of(actor, child, request.GET.get("item", ""))
    risk = item is not None and item.concern is not None and item.concern.suicide_risk
    initial = {
        "starts_on": today,
        "kind": Programme.Kind.RISK if risk else Programme.Kind.ORDINARY,
        "curator": request.GET.get("curator", ""),
    }
    form = BeginForm(request.POST if request.method == "POST" else None, actor=actor, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        made = attempt(
            form,
            lambda: services.programme_open(
                actor=actor, child=child, curator=typed["curator"], on=today, item=item, kind=typed["kind"],
                starts_on=typed["starts_on"], previous=_last_ended(actor, child),
            ),
        )  # fmt: skip
        if made is not None:
            own = services.may_lead(actor, made)
            return HttpResponseRedirect(sheet_url(made) if own else programme_url(made))
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/begin.html", {"form": form, "child": child, "item": item}, status=status)


def _item_of(actor: Actor, child: Child, wanted: str) -> AgendaItem | None:
    """The agenda item of the address, else the last one about the child."""
    rows = AgendaItem.objects.visible_to(actor).filter(child=child).select_related("meeting", "concern")
    return rows.filter(public_id=wanted).first() if wanted else rows.order_by("-meeting__day").first()


def _last_ended(actor: Actor, child: Child) -> Programme | None:
    rows = Programme.objects.visible_to(actor).filter(child=child)
    return rows.filter(status__in=(Status.FINISHED, Status.CONTINUED, Status.CANCELLED)).first()


@route("programme.open", Programme, methods=("GET", "POST"))
def programme_curator(request: ActorRequest, programme: Programme) -> HttpResponse:
    """Another curator."""
    actor, today = request.actor, timezone.localdate()
    form = CuratorForm(request.POST if request.method == "POST" else None, actor=actor, today=today)
    if request.method == "POST" and form.is_valid():
        changed = attempt(
            form,
            lambda: services.curator_change(
                actor=actor, programme=programme, curator=form.cleaned_data["curator"], on=today
            ),
        )
        if changed is not None:
            return HttpResponseRedirect(programme_url(programme))
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/curator.html", {"form": form, "programme": programme}, status=status)
