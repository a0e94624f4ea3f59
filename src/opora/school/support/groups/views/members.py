"""Children of a group: found with their grounds, taken in one click, summed up, let go."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.people.children.models import Child

from .. import events, services
from ..candidates import candidates_of
from ..clauses import ON_GROUND
from ..forms import JoinForm, LeaveForm, SumForm, first_day
from ..grounds import BY_HAND, NOTE_LIMIT, Offer, grounds_of, typed_offer
from ..leading import group_lock
from ..models import Group, GroupMember

BOTH = ("GET", "POST")
UNKNOWN = "Такого ребёнка среди тех, с кем вы работаете, нет."


@route("group.keep", Group, methods=BOTH)
def join(request: ActorRequest, found: Group) -> HttpResponse:
    """Children with their grounds; a click on a ground takes the child. «find» only looks up names."""
    group_lock(request.actor, found)
    asks = request.method == "POST" and "find" in request.POST
    form = JoinForm(request.POST if request.method == "POST" and not asks else None)
    if request.method == "POST" and not asks and form.is_valid():
        made = attempt(form, lambda: _join(request, found, form))
        if made is not None:
            messages.success(request, f"{made.child.full_name} в списке: {made.get_ground_display()}.")
            return redirect("groups:join", public_id=found.public_id)
    return _join_page(request, found, form, asked=request.POST.get("who", "") if request.method == "POST" else "")


def _join(request: ActorRequest, group: Group, form: JoinForm) -> GroupMember:
    given = form.cleaned_data
    child = Child.objects.visible_to(request.actor).filter(public_id=form.child).first()
    if child is None:
        raise Refusal("unknown", UNKNOWN)
    note = request.POST.get(f"note-{child.public_id}", "").replace("\x00", "")[:NOTE_LIMIT]
    offer = _offer(request, child, form.ground, note, given["joined_on"])
    return services.member_join(
        actor=request.actor, group=group, child=child, offer=offer, joined_on=given["joined_on"]
    )  # fmt: skip


def _offer(request: ActorRequest, child: Child, key: str, note: str, on: date) -> Offer | None:
    if key == BY_HAND:
        return typed_offer(note)
    return next((one for one in grounds_of(request.actor, child, on) if one.key == key), None)


def _join_page(request: ActorRequest, group: Group, form: JoinForm, asked: str) -> HttpResponse:
    today = timezone.localdate()
    day = first_day(group, today)
    offered = candidates_of(request.actor, group, day, asked)
    if offered or asked.strip():
        read_note(events.CANDIDATES_NAMED, actor=request.actor, count=len(offered))
    present = group.members.present_or_later(day).count()
    context = {
        "form": form, "group": group, "offered": offered, "who": asked, "day": form["joined_on"].value() or day,
        "note": request.POST.get(f"note-{form.child}", "")[:NOTE_LIMIT],
        "present": present, "free": max(group.limit - present, 0), "clause": ON_GROUND, "by_hand": BY_HAND,
        "back": reverse("groups:group", args=[group.public_id]),
    }  # fmt: skip
    template = "groups/candidates.html" if request.htmx else "groups/join.html"
    return render(request, template, context, status=422 if form.errors else 200)


@route("group.keep", GroupMember, methods=BOTH)
def leave(request: ActorRequest, found: GroupMember) -> HttpResponse:
    """The last day of a child, and what the lessons gave."""
    group_lock(request.actor, found.group)
    form = LeaveForm(request.POST or None, initial={"outcome": found.outcome})
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.member_leave(actor=request.actor, member=found, **form.cleaned_data))
        if form.is_valid():
            messages.success(request, "Записано.")
            return redirect("groups:group", public_id=found.group.public_id)
    return _member_page(request, "groups/leave.html", found, form)


@route("group.keep", GroupMember, methods=BOTH)
def outcome(request: ActorRequest, found: GroupMember) -> HttpResponse:
    """What the lessons gave a child."""
    group_lock(request.actor, found.group, even_closed=True)
    form = SumForm(request.POST or None, initial={"outcome": found.outcome})
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.member_sum(actor=request.actor, member=found, **form.cleaned_data))
        if form.is_valid():
            messages.success(request, "Результат записан.")
            return redirect("groups:group", public_id=found.group.public_id)
    return _member_page(request, "groups/outcome.html", found, form)


def _member_page(
    request: ActorRequest, template: str, found: GroupMember, form: LeaveForm | SumForm
) -> HttpResponse:  # fmt: skip
    back = reverse("groups:group", args=[found.group.public_id])
    context = {"form": form, "member": found, "group": found.group, "child": found.child, "back": back}
    return render(request, template, context, status=422 if form.errors else 200)
