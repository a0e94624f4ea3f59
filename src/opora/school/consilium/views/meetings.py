"""The list of meetings, a new one, the page of one with its agenda, members and protocol."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.foundation.ui.panels import shown

from .. import services
from ..candidates import candidates_of
from ..events import MEETING_OPENED, MEETINGS_LISTED
from ..forms import AnnulForm, KindForm, MeetingForm, topics
from ..listing import meeting_listing, schedule_of
from ..models import AgendaItem, ConsiliumMeeting
from ..page import member_rows
from ..services.locking import is_keeper
from ..services.meetings import usual_chair
from ..terms import protocol_due, quorum, statute_of
from .answers import carried_out, item_url, meeting_url


@route("meeting.view")
def meeting_list(request: ActorRequest) -> HttpResponse:
    """All meetings; above them the half-year and who waits."""
    today = timezone.localdate()
    read_note(MEETINGS_LISTED, actor=request.actor)
    plans = may(request.actor, "meeting.plan") and not request.htmx
    return list_response(
        request,
        meeting_listing(request.actor, today),
        ConsiliumMeeting.objects.visible_to(request.actor).select_related("chair__user").with_counts(request.actor),
        template="consilium/meeting_list.html",
        schedule=schedule_of(request.actor, today) if plans else None,
        waiting=len(candidates_of(request.actor, today)) if plans else 0,
    )


def _usual(request: ActorRequest) -> dict[str, Any]:
    """Where the last meeting was; the standing secretary."""
    last = ConsiliumMeeting.objects.visible_to(request.actor).exclude(state="cancelled").first()
    statute = statute_of(request.actor.at)
    try:
        chair = usual_chair(request.actor, timezone.localdate()).public_id
    except Refusal:
        chair = ""
    return {
        "place": last.place if last else "",
        "starts": last.starts if last else None,
        "chair": chair,
        "secretary": statute.secretary.public_id if statute.secretary else "",
    }


@route("meeting.plan", methods=("GET", "POST"))
def meeting_plan(request: ActorRequest) -> HttpResponse:
    """A new meeting: usually the day alone is typed."""
    today = timezone.localdate()
    form = KindForm(request.POST or None, actor=request.actor, today=today, initial=_usual(request))
    if request.method == "POST" and form.is_valid():
        meeting = attempt(form, lambda: services.meeting_plan(actor=request.actor, on=today, **form.cleaned_data))
        if meeting is not None:
            return HttpResponseRedirect(meeting_url(meeting))
    context = {"form": form, "topics": topics(today)}
    return render(request, "consilium/meeting_plan.html", context, status=422 if form.is_bound else 200)


@route("meeting.view", ConsiliumMeeting, opens=MEETING_OPENED)
def meeting_page(request: ActorRequest, meeting: ConsiliumMeeting) -> HttpResponse:
    """The meeting before and after its talks: agenda, members, protocol."""
    actor, today = request.actor, timezone.localdate()
    statute = statute_of(actor.at)
    rows = AgendaItem.objects.visible_to(actor).filter(meeting=meeting).with_people()
    items = list(rows.prefetch_related("participants").order_by("order", "pk"))
    keeps = is_keeper(actor, meeting)
    history = Event.objects.visible_to(actor).about(meeting).exclude(code__in=(MEETING_OPENED.code, "page.read"))
    live = [one for one in items if one.state != AgendaItem.State.POSTPONED]
    rows_of_members = member_rows(actor, meeting, all_who_may=keeps and not meeting.is_over)
    context = {
        "meeting": meeting,
        "items": items,
        "live": live,
        "next_item": next((one for one in live if one.state != AgendaItem.State.SIGNED), None),
        "members": rows_of_members,
        "others": [one for one in rows_of_members if not one.is_member],
        "quorum": quorum(meeting, statute),
        "keeps": keeps,
        "may_plan": may(actor, "meeting.plan") and not meeting.is_over,
        "runs": not meeting.is_over and meeting.day <= today and keeps,
        "is_today": meeting.day <= today,
        "protocol_due": protocol_due(meeting, statute) if meeting.state == "held" else None,
        "protocol_late": meeting.state == "held" and not meeting.number and protocol_due(meeting, statute) < today,
        "panels": shown("meeting", actor, meeting),
        "history": history.select_related("user")[:15],
    }
    return render(request, "consilium/meeting.html", context)


@route("meeting.plan", ConsiliumMeeting, methods=("GET", "POST"))
def meeting_change(request: ActorRequest, meeting: ConsiliumMeeting) -> HttpResponse:
    """Day, time, place, topic, chair, secretary."""
    today = timezone.localdate()
    initial = {
        "day": meeting.day, "starts": meeting.starts, "place": meeting.place, "purpose": meeting.purpose,
        "chair": meeting.chair.public_id, "secretary": meeting.secretary.public_id if meeting.secretary else "",
    }  # fmt: skip
    form = MeetingForm(request.POST or None, actor=request.actor, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        deed = attempt(
            form,
            lambda: services.meeting_change(actor=request.actor, meeting=meeting, on=today, **form.cleaned_data),
        )
        if deed is not None:
            return HttpResponseRedirect(meeting_url(meeting))
    context = {"form": form, "meeting": meeting, "topics": topics(today)}
    return render(request, "consilium/meeting_change.html", context, status=422 if form.is_bound else 200)


@route("meeting.plan", ConsiliumMeeting, methods=("POST",))
def meeting_cancel(request: ActorRequest, meeting: ConsiliumMeeting) -> HttpResponse:
    return carried_out(
        request,
        lambda: services.meeting_cancel(actor=request.actor, meeting=meeting),
        meeting_url(meeting),
        done="Заседание отменено, дети снова ждут заседания.",
    )


@route("meeting.run", ConsiliumMeeting, methods=("POST",))
def meeting_end(request: ActorRequest, meeting: ConsiliumMeeting) -> HttpResponse:
    return carried_out(
        request,
        lambda: services.meeting_end(actor=request.actor, meeting=meeting, on=timezone.localdate()),
        meeting_url(meeting),
    )


@route("meeting.run", ConsiliumMeeting, methods=("POST",))
def member_mark(request: ActorRequest, meeting: ConsiliumMeeting) -> HttpResponse:
    """One click: present or absent; from the page of a talk back to it."""
    wanted = request.POST.get("position", "")
    position = Position.objects.visible_to(request.actor).select_related("user").filter(public_id=wanted).first()
    if position is None:
        raise Http404
    items = AgendaItem.objects.visible_to(request.actor).filter(meeting=meeting)
    item = items.filter(public_id=request.POST.get("item", "")).first()
    back = f"{item_url(item) if item else meeting_url(meeting)}#members"
    return carried_out(
        request,
        lambda: services.member_set_present(
            actor=request.actor, meeting=meeting, position=position, is_present=request.POST.get("present") == "1"
        ),
        back,
    )


@route("meeting.run", ConsiliumMeeting, methods=("POST",))
def protocol_issue(request: ActorRequest, meeting: ConsiliumMeeting) -> HttpResponse:
    return carried_out(
        request,
        lambda: services.protocol_issue(actor=request.actor, meeting=meeting, on=timezone.localdate()),
        f"{meeting_url(meeting)}#protocol",
        done="Протокол оформлен и записан в журнал.",
    )


@route("meeting.view", ConsiliumMeeting, opens=MEETING_OPENED)
def protocol_page(request: ActorRequest, meeting: ConsiliumMeeting) -> HttpResponse:
    """The protocol as it is frozen, or as it would be now."""
    content = services.protocol_read(actor=request.actor, meeting=meeting)
    return render(request, "consilium/protocol.html", {"meeting": meeting, "protocol": content})


@route("opinion.annul", ConsiliumMeeting, methods=("GET", "POST"))
def protocol_annul(request: ActorRequest, meeting: ConsiliumMeeting) -> HttpResponse:
    """Annul the number of a protocol with a reason."""
    form = AnnulForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        deed = attempt(form, lambda: services.protocol_annul(actor=request.actor, meeting=meeting, **given))
        if deed is not None:
            return HttpResponseRedirect(meeting_url(meeting))
    context = {"form": form, "title": "Аннулировать протокол", "what": f"№ {meeting.number_title}",
               "back": meeting_url(meeting)}  # fmt: skip
    return render(request, "consilium/annul.html", context, status=422 if form.is_bound else 200)
