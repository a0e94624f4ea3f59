"""Who waits for a meeting, the agenda of one, what is prepared for the talk about a child."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import F, Value
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.typography import plural
from opora.people.children.models import Child
from opora.people.children.search import children_matching
from opora.school.signals.models import ScreeningResult

from .. import services
from ..candidates import Candidate, candidates_of
from ..events import ITEM_OPENED, WAITING_LISTED
from ..forms import InviteForm, ItemForm
from ..models import AgendaItem, ConsiliumMeeting, Participant
from ..page import participants_of, previous_of
from ..services.locking import is_keeper
from .answers import carried_out, item_url, meeting_url, prepare_url

FOUND = 20  # children that a search offers


@route("meeting.plan")
def waiting(request: ActorRequest) -> HttpResponse:
    """Everyone who waits, with ticks, and the coming meetings to put them on.

    `?result=` (public ids of results of screenings) ticks their children beforehand.
    """
    today = timezone.localdate()
    read_note(WAITING_LISTED, actor=request.actor)
    asked = ScreeningResult.objects.visible_to(request.actor).filter(public_id__in=request.GET.getlist("result")[:200])
    ticked = set(asked.values_list("child__public_id", flat=True))
    coming = ConsiliumMeeting.objects.visible_to(request.actor).coming(today).order_by("day", "starts")
    context = {
        "candidates": candidates_of(request.actor, today),
        "ticked": ticked,
        "meetings": list(coming[:20]),
        "today": today,
    }
    return render(request, "consilium/waiting.html", context)


@route("meeting.plan", methods=("POST",))
def waiting_put(request: ActorRequest) -> HttpResponse:
    """Put the ticked children on a meeting: a coming one, or today's new one when none is chosen."""
    actor, today = request.actor, timezone.localdate()
    chosen = set(request.POST.getlist("child")[:200])
    picked = [one for one in candidates_of(actor, today) if one.key in chosen]
    meetings = ConsiliumMeeting.objects.visible_to(actor).coming(today)
    meeting = meetings.filter(public_id=request.POST.get("meeting", "")).first()
    if meeting is None or not picked:
        messages.error(request, "Отметьте детей и выберите заседание." if meeting is None else "Отметьте детей.")
        return HttpResponseRedirect(reverse("consilium:waiting"))
    return carried_out(
        request,
        lambda: put_all(request, meeting, picked),
        meeting_url(meeting),
        done=f"В повестку включено: {plural(len(picked), 'ребёнок,ребёнка,детей')}.",
    )


def put_all(request: ActorRequest, meeting: ConsiliumMeeting, picked: list[Candidate]) -> None:
    for one in picked:
        services.item_add(
            actor=request.actor, meeting=meeting, child=one.child, ground=one.ground, words=one.words,
            concern=one.concern,
        )  # fmt: skip


@route("meeting.plan", ConsiliumMeeting, methods=("GET", "POST"))
def item_add(request: ActorRequest, meeting: ConsiliumMeeting) -> HttpResponse:
    """Any child of the register by name; those who wait stand above."""
    actor, today = request.actor, timezone.localdate()
    if request.method == "POST":
        return _add(request, meeting)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found: list[Child] = []
    if text:
        rows = Child.objects.visible_to(actor).annotate(search_rank=Value(0))
        matching = children_matching(rows, text, organisation=actor.at, today=today)
        found = list(matching.order_by(F("search_rank"), "last_name", "first_name")[:FOUND])
    context = {
        "meeting": meeting,
        "q": text,
        "found": found,
        "candidates": candidates_of(actor, today),
        "grounds": AgendaItem.Ground.choices,
    }
    return render(request, "consilium/item_add.html", context)


def _add(request: ActorRequest, meeting: ConsiliumMeeting) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    child = Child.objects.visible_to(actor).filter(public_id=request.POST.get("child", "")).first()
    if child is None:
        raise Http404
    known = next((one for one in candidates_of(actor, today) if one.child.pk == child.pk), None)
    ground = request.POST.get("ground", "") or (known.ground if known else AgendaItem.Ground.OTHER)
    same = known if known and known.ground == ground else None
    return carried_out(
        request,
        lambda: services.item_add(
            actor=actor, meeting=meeting, child=child, ground=ground, words=same.words if same else "",
            concern=same.concern if same else None,
        ),
        reverse("consilium:item_add", args=[meeting.public_id]) if known else meeting_url(meeting),
        done="Ребёнок включён в повестку.",
    )  # fmt: skip


@route("meeting.view", AgendaItem, opens=ITEM_OPENED)
def prepare(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    """What is ready for the talk: ground, papers asked for, who is invited."""
    return _prepared(request, item, _item_form(item), InviteForm(actor=request.actor, item=item))


def _item_form(item: AgendaItem) -> ItemForm:
    return ItemForm(initial={"ground": item.ground, "ground_words": item.ground_words})


def _prepared(request: ActorRequest, item: AgendaItem, form: ItemForm, invite: InviteForm) -> HttpResponse:
    actor = request.actor
    live = not item.meeting.is_over
    context = {
        "item": item,
        "meeting": item.meeting,
        "child": item.child,
        "form": form,
        "invite": invite,
        "participants": participants_of(actor, item),
        "previous": previous_of(actor, item),
        "keeps": is_keeper(actor, item.meeting) and live and item.is_writable,
        "may_plan": may(actor, "meeting.plan") and live,
        "meetings": _others(request, item),
    }
    status = 422 if form.is_bound or invite.is_bound else 200
    return render(request, "consilium/prepare.html", context, status=status)


def _others(request: ActorRequest, item: AgendaItem) -> list[ConsiliumMeeting]:
    coming = ConsiliumMeeting.objects.visible_to(request.actor).coming(timezone.localdate())
    return list(coming.exclude(pk=item.meeting_id).order_by("day")[:20])


@route("meeting.run", AgendaItem, methods=("POST",))
def item_change(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    form = ItemForm(request.POST)
    if form.is_valid():
        changed = attempt(form, lambda: services.item_change(actor=request.actor, item=item, **form.cleaned_data))
        if changed is not None:
            return HttpResponseRedirect(prepare_url(item))
    return _prepared(request, item, form, InviteForm(actor=request.actor, item=item))


@route("meeting.run", AgendaItem, methods=("POST",))
def invite(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    form = InviteForm(request.POST, actor=request.actor, item=item)
    if form.is_valid():
        made = attempt(form, lambda: services.participant_invite(actor=request.actor, item=item, **form.cleaned_data))
        if made is not None:
            return HttpResponseRedirect(f"{prepare_url(item)}#invited")
    return _prepared(request, item, _item_form(item), form)


@route("meeting.plan", AgendaItem, methods=("POST",))
def item_remove(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    meeting = item.meeting
    return carried_out(
        request, lambda: services.item_remove(actor=request.actor, item=item), meeting_url(meeting),
        done="Ребёнок снят с повестки.",
    )  # fmt: skip


@route("meeting.plan", AgendaItem, methods=("POST",))
def item_move(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    up = request.POST.get("up") == "1"
    return carried_out(
        request, lambda: services.item_move(actor=request.actor, item=item, up=up), meeting_url(item.meeting)
    )


@route("meeting.run", AgendaItem, methods=("POST",))
def item_postpone(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    """Leave the child for another meeting: a chosen one, or whichever comes."""
    others = _others(request, item)
    to = next((one for one in others if one.public_id == request.POST.get("meeting", "")), None)
    try:
        with transaction.atomic():
            services.item_postpone(actor=request.actor, item=item, to=to)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(prepare_url(item))
    messages.success(request, f"Перенесено: {to}." if to else "Перенесено: ребёнок снова ждёт заседания.")
    return HttpResponseRedirect(meeting_url(item.meeting))


@route("meeting.run", Participant, methods=("POST",))
def participant_mark(request: ActorRequest, participant: Participant) -> HttpResponse:
    """One click: came or not; on the page of preparation: invited today."""
    item = participant.item
    invited = timezone.localdate() if request.POST.get("invited") == "1" else None
    came = participant.is_present if invited else request.POST.get("present") == "1"
    back = f"{prepare_url(item)}#invited" if request.POST.get("from") == "prepare" else f"{item_url(item)}#members"
    return carried_out(
        request,
        lambda: services.participant_mark(
            actor=request.actor, participant=participant, is_present=came, invited_on=invited
        ),
        back,
    )


@route("meeting.run", Participant, methods=("POST",))
def participant_remove(request: ActorRequest, participant: Participant) -> HttpResponse:
    item = participant.item
    return carried_out(
        request,
        lambda: services.participant_remove(actor=request.actor, participant=participant),
        f"{prepare_url(item)}#invited",
    )
