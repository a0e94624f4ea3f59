"""The list of groups, a group, its beginning, change and end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response

from .. import events, services
from ..forms import CloseForm, GroupForm
from ..leading import group_lock
from ..listing import group_listing
from ..models import Group, GroupMember
from ..page import group_context

BOTH = ("GET", "POST")


@route("group.list")
def group_list(request: ActorRequest) -> HttpResponse:
    """Own groups, or all of them for whoever keeps the register."""
    read_note(events.GROUPS_LISTED, actor=request.actor)
    today = timezone.localdate()
    rows = Group.objects.visible_to(request.actor).worked_by(request.actor).with_counts(today)
    listing = group_listing(request.actor, today)
    rows = rows.select_related("leader__user", "material", "cabinet")
    return list_response(request, listing, rows, template="groups/list.html")


@route("group.list", Group, opens=events.GROUP_OPENED)
def group(request: ActorRequest, found: Group) -> HttpResponse:
    """Its programme, children with their grounds, lessons."""
    return render(request, "groups/group.html", group_context(request.actor, found, timezone.localdate()))


@route("group.keep", methods=BOTH)
def new(request: ActorRequest) -> HttpResponse:
    """A group or a course is begun; its children and lessons come next."""
    form = GroupForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.group_start(actor=request.actor, **form.given))
        if made is not None:
            messages.success(request, "Группа создана. Запишите детей.")
            return redirect("groups:join", public_id=made.public_id)
    context = {"form": form, "back": reverse("groups:list")}
    return render(request, "groups/new.html", context, status=422 if form.errors else 200)


@route("group.keep", Group, methods=BOTH)
def edit(request: ActorRequest, found: Group) -> HttpResponse:
    """Title, term, programme, limit, cabinet, leader."""
    group_lock(request.actor, found)
    form = GroupForm(request.actor, request.POST or None, group=found, initial=GroupForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.group_change(actor=request.actor, group=found, **form.given))
        if form.is_valid():
            messages.success(request, "Исправлено.")
            return redirect("groups:group", public_id=found.public_id)
    context = {"form": form, "group": found, "back": reverse("groups:group", args=[found.public_id])}
    return render(request, "groups/edit.html", context, status=422 if form.errors else 200)


@route("group.keep", Group, methods=BOTH, opens=events.GROUP_OPENED)
def close(request: ActorRequest, found: Group) -> HttpResponse:
    """The outcome of the group and of each child."""
    group_lock(request.actor, found)
    today = timezone.localdate()
    rows = GroupMember.objects.visible_to(request.actor).filter(group=found).present_or_later(today)
    members = list(rows.select_related("child").order_by("child__last_name", "child__first_name"))
    initial = {"on": min(today, found.ends_on)}
    form = CloseForm(members, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        attempt(
            form,
            lambda: services.group_close(
                actor=request.actor, group=found, on=form.cleaned_data["on"], outcome=form.cleaned_data["outcome"],
                results=form.results,
            ),
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, "Итоги записаны, группа закрыта.")
            return redirect("groups:group", public_id=found.public_id)
    context = {"form": form, "group": found, "back": reverse("groups:group", args=[found.public_id])}
    return render(request, "groups/close.html", context, status=422 if form.errors else 200)
