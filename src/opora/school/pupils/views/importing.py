"""A class list as a table: bring it, say which column is which, look at what was understood, enter all of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import record
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.typography import plural
from opora.people.children.events import CHILD_COMPARED
from opora.people.children.models import Child

from .. import events, services, tasks, titles
from ..columns import TITLES
from ..forms import ClassListForm
from ..lines import BAD, LIKELY, open_lines, state_of
from ..models import ClassListImport, SchoolClass

SAMPLES = 3  # cells of a column that are shown beside its choice
SHOWN = 200
LOOKED_AT, LEFT_OUT, COLUMNS = "looked_at", "left_out", "columns"
BOTH = ("GET", "POST")


@route("class.keep", methods=BOTH)
def list_new(request: ActorRequest) -> HttpResponse:
    """A list of several classes, with a column that names the class."""
    return _new(request, None)


@route("class.keep", SchoolClass, methods=BOTH)
def class_list_new(request: ActorRequest, room: SchoolClass) -> HttpResponse:
    """A list of one class."""
    return _new(request, room)


def _new(request: ActorRequest, room: SchoolClass | None) -> HttpResponse:
    form = ClassListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, lambda: services.class_list_bring(actor=request.actor, school_class=room, **form.cleaned_data)
        )  # fmt: skip
        if made is not None:
            return redirect("pupils:class_list", made.public_id)
    return render(request, "pupils/list_new.html", {"form": form, "room": room}, status=422 if form.errors else 200)


@route("class.keep", ClassListImport, opens=events.LIST_OPENED)
def class_list(request: ActorRequest, found: ClassListImport) -> HttpResponse:
    """Where the list stands; asks itself anew while the worker is busy with it."""
    response = _page(request, found)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _page(request: ActorRequest, found: ClassListImport, fault: str = "", **typed: Any) -> HttpResponse:
    context: dict[str, Any] = {"table": found, "fault": fault or found.message, "year": ""}
    again = found.state == ClassListImport.State.READ and (COLUMNS in request.GET or COLUMNS in typed)
    if found.state == ClassListImport.State.CHOOSING or again:
        context |= _choosing(found, typed.get(COLUMNS)) | {"again": again}
    elif found.state == ClassListImport.State.READ:
        context |= _read(request, found, typed.get("looked_at", frozenset()), typed.get("left_out", frozenset()))
    elif found.state == ClassListImport.State.DONE:
        context["entered"] = entered_words(found)
    name = "pupils/list_state.html" if request.htmx else "pupils/list.html"
    return render(request, name, context, status=422 if fault else 200)


def entered_words(table: ClassListImport) -> str:
    """«3 ребёнка», «3 ребёнка; уже были в классе: 2»."""
    there = table.total - table.done
    words: str = plural(table.done, "ребёнок,ребёнка,детей")
    return f"{words}; уже были в\u00a0классе: {there}" if there else words


def _choosing(found: ClassListImport, columns: list[str] | None) -> dict[str, Any]:
    """Each column with its title, its first cells and what it was taken for."""
    body = found.cells[found.head + 1 :]
    head = found.cells[found.head] if found.head >= 0 else []
    shown = []
    for place, kind in enumerate(columns or found.columns):
        cells = [line[place] for line in body if place < len(line) and line[place]]
        if cells or (place < len(head) and head[place]):
            title = head[place] if place < len(head) else ""
            shown.append({"place": place, "title": title, "cells": cells[:SAMPLES], "kind": kind})
    choices = [one for one in TITLES.items() if one[0] != "room" or found.school_class is None]
    return {"chooses": True, "columns": shown, "choices": choices, "count": len(body)}


def _read(request: ActorRequest, found: ClassListImport, looked_at: Any, left_out: Any) -> dict[str, Any]:
    """Rows with what is wrong first; every likely duplicate that is shown is an event."""
    rooms = SchoolClass.objects.visible_to(request.actor).of_year(titles.year_of(found.placed_on))
    known = set(rooms.values_list("title", flat=True)) | ({found.school_class.title} if found.school_class else set())
    states = [(line, state_of(line)) for line in open_lines(found)]
    near = {one["id"] for line, state in states if state == LIKELY for one in line["near"]}
    for child in Child.objects.visible_to(request.actor).filter(public_id__in=near):
        record(CHILD_COMPARED, actor=request.actor, subject=child, person_id=child.public_id)
    good = [(line, state) for line, state in states if state not in (BAD, LIKELY)]
    return {
        "bad": [line for line, state in states if state == BAD][:SHOWN],
        "likely": [line for line, state in states if state == LIKELY][:SHOWN],
        "good": good[:SHOWN], "good_count": len(good),
        "unclear": sum(state in (BAD, LIKELY) for _, state in states),
        "new_rooms": sorted({line["room"] for line, _ in good} - known, key=titles.order_of),
        "looked_at": looked_at, "left_out": left_out, "year": titles.year_title(titles.year_of(found.placed_on)),
    }  # fmt: skip


@route("class.keep", ClassListImport, methods=("POST",))
def class_list_map(request: ActorRequest, found: ClassListImport) -> HttpResponse:
    """Which column is which; an empty choice leaves a column out."""
    columns = [request.POST.get(f"column-{place}", "") for place in range(len(found.columns))]
    try:
        services.class_list_map(actor=request.actor, table=found, columns=columns, start=tasks.start)
    except Refusal as refusal:
        known = [kind if kind in TITLES else "" for kind in columns]
        return _page(request, found, str(refusal), columns=known)
    return redirect("pupils:class_list", found.public_id)


@route("class.keep", ClassListImport, methods=("POST",))
def class_list_confirm(request: ActorRequest, found: ClassListImport) -> HttpResponse:
    """Enter the whole list but the rows that were left out."""
    looked_at = frozenset(request.POST.getlist(LOOKED_AT))
    left_out = frozenset(int(one) for one in request.POST.getlist(LEFT_OUT) if one.isdecimal() and len(one) < 6)
    try:
        made = services.class_list_confirm(
            actor=request.actor, table=found, looked_at=looked_at, left_out=left_out, start=tasks.start
        )
    except Refusal as refusal:
        return _page(request, found, str(refusal), looked_at=looked_at, left_out=left_out)
    if made.state == ClassListImport.State.READ:
        return _page(request, made, made.message, looked_at=looked_at, left_out=left_out)
    if made.state == ClassListImport.State.DONE:
        messages.success(request, f"Внесено: {entered_words(made)}.")
        if made.school_class is not None:
            return redirect("pupils:class", made.school_class.public_id)
        return redirect("pupils:classes")
    return redirect("pupils:class_list", made.public_id)


@route("class.keep", ClassListImport, methods=("POST",))
def class_list_cancel(request: ActorRequest, found: ClassListImport) -> HttpResponse:
    """Throw a list away."""
    try:
        services.class_list_cancel(actor=request.actor, table=found)
        messages.success(request, "Список отброшен, ничего не внесено.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("pupils:classes")
