"""Marks of fulfilment: one tap, then words if there are any. Made for a thumb, works without a script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import read_note
from opora.foundation.ui.errors import refused

from .. import events
from ..board import classes_of, own_activities
from ..expecting import due_on
from ..models import Activity, Mark, Programme
from ..services import following
from ..summing import activity_results


@dataclass(frozen=True)
class Card:
    """An activity with its last mark, ready to be marked; `with_child` names whom it is for."""

    activity: Activity
    due: date | None
    is_late: bool
    marks: list[Mark]
    writable: bool
    today: date
    school_class: str = ""
    with_child: bool = False

    @property
    def mark(self) -> Mark | None:
        return self.marks[-1] if self.marks else None

    @property
    def open_mark(self) -> Mark | None:
        """A mark made today: its words may be written, and it may be taken back."""
        last = self.mark
        return last if last is not None and timezone.localdate(last.marked_at) == self.today else None

    @property
    def earlier(self) -> list[Mark]:
        return self.marks[:-1][::-1]


def card_of(actor: Actor, activity: Activity, marks: Iterable[Mark], today: date, **shown: object) -> Card:
    due = None if activity.is_over else due_on(activity.starts_on, activity.ends_on, activity.last_mark_on)
    runs = activity.programme.status == "running"
    return Card(
        activity=activity, due=due if runs else None, is_late=runs and due is not None and due < today,
        marks=list(marks), writable=runs and following.may_mark(actor, activity), today=today,
        **shown,  # type: ignore[arg-type]
    )  # fmt: skip


@route("programme.follow")
def own_list(request: ActorRequest) -> HttpResponse:
    """«Мои мероприятия»: what this person answers for, the most urgent first."""
    read_note(events.OWN_ACTIVITIES_OPENED, actor=request.actor)
    today = timezone.localdate()
    due, count = own_activities(request.actor, today)
    marks = _marks(request.actor, [one.activity for one in due])
    classes = classes_of(request.actor, [one.activity.programme.child_id for one in due])
    cards = [
        card_of(
            request.actor, one.activity, marks.get(one.activity.pk, []), today, with_child=True,
            school_class=classes.get(one.activity.programme.child_id, ""),
        )
        for one in due
    ]  # fmt: skip
    context = {
        "late": [one for one in cards if one.is_late],
        "soon": [one for one in cards if not one.is_late],
        "count": count,
        "shown": len(cards),
    }
    return render(request, "programmes/mine.html", context)


@route("programme.view", Programme, opens=events.MARKS_OPENED)
def programme_marks(request: ActorRequest, programme: Programme) -> HttpResponse:
    """Every activity of a programme with its marks, by task."""
    today = timezone.localdate()
    results = activity_results(request.actor, programme)
    cards = [card_of(request.actor, one.activity, one.marks, today) for one in results]
    return render(request, "programmes/marks.html", {"programme": programme, "cards": cards, "tab": "marks"})


@route("activity.mark", Activity, methods=("POST",))
def activity_mark(request: ActorRequest, activity: Activity) -> HttpResponse:
    """One tap."""
    try:
        following.mark_set(actor=request.actor, activity=activity, state=request.POST.get("state", ""))
    except Refusal as refusal:
        return _refuse(request, activity, refusal)
    return _answer(request, activity, "Отмечено.")


@route("activity.mark", Mark, methods=("POST",))
def mark_words(request: ActorRequest, mark: Mark) -> HttpResponse:
    """Result and recommendation, saved when the person leaves a box."""
    try:
        given = {name: request.POST[name] for name in ("result", "recommendation") if name in request.POST}
        saved = following.mark_word(actor=request.actor, mark=mark, **given)
    except Refusal as refusal:
        return _refuse(request, mark.activity, refusal)
    if request.htmx:
        return render(request, "programmes/mark_saved.html", {"mark": saved, "now": timezone.now()})
    return _answer(request, mark.activity, "Записано.")


@route("activity.mark", Mark, methods=("POST",))
def mark_undo(request: ActorRequest, mark: Mark) -> HttpResponse:
    """Take back a mark of today."""
    try:
        activity = following.mark_undo(actor=request.actor, mark=mark)
    except Refusal as refusal:
        return _refuse(request, mark.activity, refusal)
    return _answer(request, activity, "Отметка убрана.")


def _answer(request: ActorRequest, activity: Activity, said: str) -> HttpResponse:
    """The card drawn anew for a script, else the page where the person was."""
    if not request.htmx:
        messages.success(request, said)
        return HttpResponseRedirect(_back(request, activity))
    fresh = Activity.objects.visible_to(request.actor).with_people().get(pk=activity.pk)
    marks = _marks(request.actor, [fresh]).get(fresh.pk, [])
    with_child = request.POST.get("with_child") == "1"
    classes = classes_of(request.actor, [fresh.programme.child_id]) if with_child else {}
    card = card_of(
        request.actor, fresh, marks, timezone.localdate(), with_child=with_child,
        school_class=classes.get(fresh.programme.child_id, ""),
    )  # fmt: skip
    return render(request, "programmes/mark_card.html", {"card": card, "fresh": True, "back": _back(request, fresh)})


def _refuse(request: ActorRequest, activity: Activity, refusal: Refusal) -> HttpResponse:
    if request.htmx:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    return refused(request, refusal)


def _marks(actor: Actor, activities: list[Activity]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    rows = Mark.objects.visible_to(actor).filter(activity__in=[one.pk for one in activities])
    for mark in rows.select_related("activity__programme__child", "marked_by").order_by("on", "pk"):
        found.setdefault(mark.activity_id, []).append(mark)
    return found


def _back(request: ActorRequest, activity: Activity) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return f"{reverse('programmes:marks', args=[activity.programme.public_id])}#activity-{activity.public_id}"
