"""A table of results: bring it, look at what was read, confirm or throw it away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from opora.foundation.access.models import Freeze
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import read_note
from opora.foundation.ui.exports import as_xlsx
from opora.foundation.ui.forms import attempt
from opora.people.children.models import Child

from .. import events, services, tasks
from ..forms import TableForm
from ..models import ScreeningImport, ScreeningResult
from ..roll import Pupil, in_room, roll, rooms_of

HEADS = ["ФИО", "Класс", "Уровень внимания", "Примечание", "Суицидальный риск"]
SHOWN = 200
PICK = "choice-"


@route("screening.keep", methods=("GET", "POST"))
def table_new(request: ActorRequest) -> HttpResponse:
    """Bring a table; the page of what was read opens."""
    posted = request.method == "POST"
    form = TableForm(request.POST, request.FILES, today=timezone.localdate()) if posted else TableForm(
        today=timezone.localdate()
    )  # fmt: skip
    if posted and form.is_valid():
        made = attempt(
            form, lambda: services.table_bring(actor=request.actor, start=tasks.start, **form.cleaned_data)
        )  # fmt: skip
        if made is not None:
            return redirect("signals:table", public_id=made.public_id)
    context = {"form": form, "rooms": rooms_of(roll(request.actor))}
    return render(request, "signals/table_new.html", context, status=422 if form.errors else 200)


@route("screening.keep")
def template(request: ActorRequest) -> HttpResponse:
    """A table with the names of the class that is asked for, else of the children whom the actor knows."""
    every, room = roll(request.actor), request.GET.get("class", "")
    rows = in_room(every, room) if room else _known(request.actor, every)
    read_note(events.PUPILS_NAMED, actor=request.actor, count=len(rows))
    written = as_xlsx("Скрининг", HEADS, ([one.name, one.room, "", "", ""] for one in rows))
    response = HttpResponse(written.content, content_type=written.content_type)
    response["Content-Disposition"] = 'attachment; filename="screening.xlsx"'
    return response


def _known(actor: Actor, every: list[Pupil]) -> list[Pupil]:
    known = set(Child.objects.visible_to(actor).values_list("public_id", flat=True))
    return [one for one in every if one.public_id in known]


@route("screening.keep", ScreeningImport, opens=events.TABLE_OPENED)
def table(request: ActorRequest, found: ScreeningImport) -> HttpResponse:
    """How far a table is, or what was read of it; asks itself anew while the worker is busy with it."""
    if found.state == ScreeningImport.State.DONE and found.screening is not None and not request.htmx:
        return redirect("signals:screening", public_id=found.screening.public_id)
    response = _page(request, found)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _open_lines(found: ScreeningImport) -> list[dict[str, Any]]:
    """Lines that name nobody whose card was stopped since the table was read."""
    stopped = set(Freeze.objects.in_force().of(found.organisation).values_list("person_id", flat=True))
    return [line for line in found.lines if not stopped & {line["child"], *(one["id"] for one in line["near"])}]


def _page(request: ActorRequest, found: ScreeningImport, fault: str = "") -> HttpResponse:
    titles = dict(ScreeningResult.Level.choices)
    read = found.state == ScreeningImport.State.READ
    lines: list[dict[str, Any]] = [
        {**line, "level_title": titles.get(line["level"], "")} for line in (_open_lines(found) if read else [])
    ]
    context = {
        "table": found, "good": [one for one in lines if one["child"]],
        "unsure": [one for one in lines if not one["child"] and one["near"]][:SHOWN],
        "bad": [one for one in lines if not one["child"] and not one["near"]][:SHOWN],
        "faulty": sum(not one["child"] for one in lines), "fault": fault,
        "first": [one for one in lines if one["child"]][:10], "pick": PICK,
    }  # fmt: skip
    name = "signals/table_state.html" if request.htmx else "signals/table.html"
    return render(request, name, context, status=422 if fault else 200)


@route("screening.keep", ScreeningImport, methods=("POST",))
def confirm(request: ActorRequest, found: ScreeningImport) -> HttpResponse:
    """Write what was read, with the names that were picked for the misspelt ones."""
    choices = {
        int(name.removeprefix(PICK)): str(value)
        for name, value in request.POST.items()
        if name.startswith(PICK) and name.removeprefix(PICK).isdecimal() and len(name) < 20
    }
    try:
        made = services.table_confirm(actor=request.actor, table=found, choices=choices, start=tasks.start)
    except Refusal as refusal:
        return _page(request, found, fault=str(refusal))
    if made.state == ScreeningImport.State.DONE:
        messages.success(request, "Результаты внесены.")
    return redirect("signals:table", public_id=made.public_id)


@route("screening.keep", ScreeningImport, methods=("POST",))
def cancel(request: ActorRequest, found: ScreeningImport) -> HttpResponse:
    """Throw a table away."""
    try:
        services.table_cancel(actor=request.actor, table=found)
        messages.success(request, "Таблица отброшена, ничего не внесено.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("signals:screenings")
