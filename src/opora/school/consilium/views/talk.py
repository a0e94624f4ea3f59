"""The talk about one child, made for the screen in the room: nothing of another child stands on it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.panels import shown
from opora.foundation.worksheets.views import earlier, respond

from .. import services
from ..content import conclusion_of, texts_of
from ..events import EARLIER_TEXTS_OPENED, ITEM_OPENED
from ..forms import DecisionForm, ParentsForm, SignForm, TeachersForm, ToldForm, posts_of
from ..models import AgendaItem, AgendaSection, ConsiliumMeeting
from ..page import (
    known_of,
    member_rows,
    participants_of,
    parts_of,
    place_of,
    previous_of,
    signers,
    teachers_of,
    usual_leading,
)
from ..readiness import obstacles
from ..services.locking import is_keeper
from ..services.talk import READERS_ONLY
from ..terms import quorum, statute_of, teachers_due
from .answers import carried_out, item_url


@route("meeting.view", AgendaItem, opens=ITEM_OPENED)
def item_page(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    """Five steps, the decision, the parents' word, the signatures; who is here and what is known beside them."""
    return talk_page(request, item)


def talk_page(request: ActorRequest, item: AgendaItem, **forms: Any) -> HttpResponse:
    """The page with the forms that were filled wrong, if any."""
    actor = request.actor
    previous = previous_of(actor, item)
    parts = parts_of(actor, item, previous)
    keeps = is_keeper(actor, item.meeting)
    context = {
        "item": item,
        "meeting": item.meeting,
        "opens_meeting": ConsiliumMeeting.objects.visible_to(actor).filter(pk=item.meeting_id).exists(),
        "child": item.child,
        "place": place_of(actor, item),
        "steps": [one for one in parts if one.asked.kind == "step"],
        "opinion_parts": [one for one in parts if one.asked.kind == "opinion"],
        "may_read": bool(parts),
        "writable": bool(parts) and item.is_writable and item.meeting.state != "cancelled"
        and services.may_write(actor, item),
        "keeps": keeps,
        "decides": keeps and item.is_writable and item.meeting.state != "cancelled",
        "quorum": quorum(item.meeting),
        "members": member_rows(actor, item.meeting, all_who_may=False),
        "participants": participants_of(actor, item),
        "known": known_of(actor, item, previous) if parts else {},
        "panels": shown("agenda-item", actor, item),
        "today": timezone.localdate(),
    } | _state(request, item, keeps, previous) | forms  # fmt: skip
    return render(request, "consilium/item.html", context, status=422 if forms else 200)


def _state(request: ActorRequest, item: AgendaItem, keeps: bool, previous: AgendaItem | None) -> dict[str, Any]:
    """What the stage of the item adds: forms of the talk, of the signatures, of telling."""
    actor, today = request.actor, timezone.localdate()
    if item.is_writable:
        leading = item.leading or usual_leading(item, previous)
        # The usual group stands ready; «трудностей не выявлено» takes it away.
        group = item.recommendation if item.outcome else AgendaItem.Recommendation.DIFFICULTIES
        decided = {"outcome": item.outcome, "recommendation": group, "leading": leading.public_id if leading else ""}
        heard = {"parents_answer": item.parents_answer, "parents_words": item.parents_words}
        return {
            "decision_form": DecisionForm(actor=actor, item=item, initial=decided),
            "parents_form": ParentsForm(initial=heard),
            "obstacles": obstacles(item) if item.state == AgendaItem.State.TALK else [],
        }
    rows = signers(item)
    own = next((one for one in rows if actor.user and one.position.user_id == actor.user.pk), None)
    answer: dict[str, Any] = {
        "signers": rows,
        "may_sign": item.state == AgendaItem.State.SIGNING and own is not None and own.signature is None,
        "sign_form": SignForm(),
        "conclusion": conclusion_of(texts_of(item)),
    }
    if item.state == AgendaItem.State.SIGNED:
        answer |= {
            "opinion": item.opinion,
            "referral": item.referral,
            "told": list(item.acquaintances.select_related("position__user")),
            "teachers_due": teachers_due(item, statute_of(actor.at)),
            "told_form": ToldForm(item=item, initial={"on": today}),
            "teachers_form": teachers_form(request, item) if keeps else None,
        }
    return answer


def teachers_form(request: ActorRequest, item: AgendaItem, data: Any = None) -> TeachersForm:
    """Colleagues who are told, those of the child ticked beforehand, those told already left out."""
    told = item.acquaintances.values("position")
    posts = posts_of(request.actor, timezone.localdate()).exclude(pk__in=told)
    posts = posts.filter(role__in=("class_teacher", "school_specialist", "curator"))
    first = teachers_of(item)
    ticked = [one.public_id for one in posts if one.pk in first]
    return TeachersForm(data, posts=posts, initial={"on": timezone.localdate(), "teachers": ticked})


@route("meeting.run", AgendaItem, methods=("POST",))
def item_open(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    return carried_out(
        request,
        lambda: services.item_open(actor=request.actor, item=item, on=timezone.localdate()),
        item_url(item),
    )


@route("meeting.talk", AgendaSection, methods=("POST",))
def section_save(request: ActorRequest, section: AgendaSection) -> HttpResponse:
    """Save a section as it is typed; say who else has it open."""
    if not services.may_write(request.actor, section.item):
        raise PermissionDenied(READERS_ONLY)
    return respond(request, section, services.section_write)


@route("meeting.view", AgendaSection, opens=EARLIER_TEXTS_OPENED)
def section_earlier(request: ActorRequest, section: AgendaSection) -> HttpResponse:
    """What stood in the section before another person wrote over it."""
    return earlier(request, section, back_url=f"{item_url(section.item)}#section-{section.code}")


@route("meeting.run", AgendaItem, methods=("POST",))
def decide(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    """Outcome, recommendations, leading specialist: saved at a tick where a script runs."""
    form = DecisionForm(request.POST, actor=request.actor, item=item)
    if form.is_valid():
        done = attempt(form, lambda: services.decision_set(actor=request.actor, item=item, **form.cleaned_data))
        if done is not None:
            if request.htmx:
                context = {"item": done, "obstacles": obstacles(done), "decides": True, "saved": True}
                return render(request, "consilium/readiness.html", context)
            return HttpResponseRedirect(f"{item_url(item)}#section-decision")
    return talk_page(request, item, decision_form=form)


@route("meeting.run", AgendaItem, methods=("POST",))
def parents(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    """The parents' word."""
    form = ParentsForm(request.POST)
    if form.is_valid():
        answer, said = form.cleaned_data["parents_answer"], form.cleaned_data["parents_words"]
        done = attempt(form, lambda: services.parents_hear(actor=request.actor, item=item, answer=answer, words=said))
        if done is not None:
            return HttpResponseRedirect(f"{item_url(item)}#section-parents")
    return talk_page(request, item, parents_form=form)
