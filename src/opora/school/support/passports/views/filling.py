"""The sheet of a class: ticks are saved at once; without scripts the whole section by one button."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.people.children.models import Child

from .. import events, services
from ..forms import NoteForm
from ..models import FamilyFact, PassportRow, SocialPassport
from ..rows import Column
from ..sheets import PupilLine, Sheet, Sheets, column_of

TICK, COUNT, SHOWN = "t", "n", "shown"  # names of inputs: t-<child>-<column>, n-<child>, shown
NAMES = {"tick": TICK, "count": COUNT, "shown": SHOWN}


@route("passport.fill", SocialPassport, methods=("GET", "POST"), opens=events.SHEET_OPENED)
def sheet(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """Children of the class as rows; a section at a time."""
    if found.school_class_id is None:
        raise Http404
    number = _number(request)
    if request.method == "GET" and not _writes(found):
        return redirect("passports:passport", found.public_id)
    fault = ""
    if request.method == "POST":
        fault = _save_all(request, found, Sheets(request.actor, found).section(number))
        if not fault:
            messages.success(request, "Сохранено.")
            return redirect(_address(found, number))
    return _page(request, found, number, fault, keeps=bool(fault))


def _writes(found: SocialPassport) -> bool:
    return found.is_open or found.status == "submitted"


def _page(
    request: ActorRequest, found: SocialPassport, number: int, fault: str = "", *, keeps: bool = False
) -> HttpResponse:  # fmt: skip
    """A section of all children, or with `?pupil=` all sections of one child; `keeps`: with what was typed."""
    every = Sheets(request.actor, found)
    context: dict[str, Any] = {"passport": found, "fault": fault, **NAMES}
    at = next((at for at, one in enumerate(every.children) if one.public_id == request.GET.get("pupil")), None)
    if at is not None:
        child = every.children[at]
        context |= {
            "sheets": [every.section(part.number, only=[child.pk]) for part in every.parts], "child": child,
            "place": at + 1, "of": len(every.children), "sheet": every.section(1),
            "before": every.children[at - 1] if at else None,
            "after": every.children[at + 1] if at + 1 < len(every.children) else None,
        }  # fmt: skip
        return render(request, "passports/pupil.html", context, status=422 if fault else 200)
    seen = every.section(number)
    context["sheet"] = replace(seen, lines=_typed(request, seen.lines)) if keeps else seen
    return render(request, "passports/sheet.html", context, status=422 if fault else 200)


def _typed(request: ActorRequest, lines: list[PupilLine]) -> list[PupilLine]:
    """The lines that the page showed, as they were typed; the others as they are saved."""
    posted, shown = request.POST, set(request.POST.getlist(SHOWN))

    def said(line: PupilLine) -> dict[str, str]:
        keys = [cell.column.key for cell in line.cells]
        return {key: posted.get(f"{TICK}-{line.child.public_id}-{key}", "") for key in keys}

    return [
        line.with_typed(posted.get(f"{COUNT}-{line.child.public_id}"), said(line))
        if line.child.public_id in shown
        else line
        for line in lines
    ]


def _number(request: HttpRequest) -> int:
    asked = request.POST.get("section") or request.GET.get("section", "")
    return int(asked) if asked.isdecimal() and len(asked) < 4 else 1


def _address(found: SocialPassport, number: int) -> str:
    return f"{reverse('passports:sheet', args=[found.public_id])}?section={number}"


def _save_all(request: ActorRequest, found: SocialPassport, seen: Sheet) -> str:
    """Whatever differs of the children whom the page showed; the sentence of a refusal, or an empty string."""
    try:
        with transaction.atomic():
            shown = set(request.POST.getlist(SHOWN))
            for line in (one for one in seen.lines if one.child.public_id in shown):
                _save_line(request, found, line, seen.asks_count)
    except Refusal as refusal:
        return str(refusal)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _save_line(request: ActorRequest, found: SocialPassport, line: PupilLine, asks_count: bool) -> None:
    told: dict[str, Any] = {"actor": request.actor, "passport": found, "child": line.child}
    typed = request.POST
    if asks_count and (count := _count(typed.get(f"{COUNT}-{line.child.public_id}", ""))) not in (None, line.count):
        services.children_count_set(**told, count=count or 0)
    for cell in (one for one in line.cells if one.asked):
        wanted = typed.get(f"{TICK}-{line.child.public_id}-{cell.column.key}", "")
        if wanted != cell.chosen:
            _choose(told, cell.column, wanted)


def _choose(told: dict[str, Any], column: Column, wanted: str) -> None:
    """Tick the wanted row of a column; an empty value takes off whatever is ticked there."""
    rows = {row.public_id: row for row in column.rows}
    if wanted and wanted not in rows:
        raise Refusal("unknown_row", "Такой строки в паспорте нет.")
    if wanted:
        services.fact_tick(**told, row=rows[wanted], is_true=True)
        return
    for row in column.rows:
        services.fact_tick(**told, row=row, is_true=False)


def _count(text: str) -> int | None:
    """A number of children; None for an empty box. Raises Refusal."""
    tidy = text.strip()
    if not tidy:
        return None
    if not tidy.isdecimal() or len(tidy) > 2:
        raise Refusal("children_count", "Число детей в семье — цифрами, от 1 до 30.")
    return int(tidy)


@route("passport.fill", SocialPassport, methods=("POST",))
def tick(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """One tick or choice: `child`, `column`, and the input of that name."""
    child, typed = _child(request), request.POST
    key, fault = typed.get("column", ""), ""
    try:
        column = column_of(request.actor, found, key)
        if column is None:
            raise Refusal("unknown_row", "Такой отметки на этом листе нет.")
        with transaction.atomic():
            told = {"actor": request.actor, "passport": found, "child": child}
            _choose(told, column, typed.get(f"{TICK}-{child.public_id}-{key}", ""))
    except Refusal as refusal:
        fault = str(refusal)
    return _answer(request, found, child, _number(request), fault)


@route("passport.fill", SocialPassport, methods=("POST",))
def children_count(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """How many children the family has."""
    child, fault = _child(request), ""
    try:
        count = _count(request.POST.get(f"{COUNT}-{child.public_id}", ""))
        if count is not None:
            with transaction.atomic():
                services.children_count_set(actor=request.actor, passport=found, child=child, count=count)
    except Refusal as refusal:
        fault = str(refusal)
    return _answer(request, found, child, _number(request), fault, keeps=True)


def _child(request: ActorRequest) -> Child:
    found = Child.objects.visible_to(request.actor).filter(public_id=request.POST.get("child", "")[:40]).first()
    if found is None:
        raise Http404
    return found


def _answer(
    request: ActorRequest, found: SocialPassport, child: Child, number: int, fault: str, *, keeps: bool = False
) -> HttpResponse:
    """The row again, those of brothers and sisters, the running sum; without htmx the page."""
    if not request.htmx:
        if fault:
            return _page(request, found, number, fault)
        return redirect(f"{_address(found, number)}#pupil-{child.public_id}-{number}")
    seen = Sheets(request.actor, found).section(number)
    line = next((one for one in seen.lines if one.child.pk == child.pk), None)
    kin = [one for one in seen.lines if line is not None and one.child.pk in line.kin]
    context = {
        "passport": found, "sheet": seen, "line": line, "kin": kin, "fault": fault, **NAMES,
    }  # fmt: skip
    response = render(request, "passports/row_saved.html", context)
    if fault and keeps:  # what was typed stays in its box
        response["HX-Reswap"] = "none"
    patch_vary_headers(response, ["HX-Request"])
    return response


@route("passport.fill", SocialPassport, methods=("POST",))
def rest(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """Tick one row for everybody of whom nothing is said yet."""
    number = _number(request)
    row = PassportRow.objects.visible_to(request.actor).filter(public_id=request.POST.get("row", "")[:40]).first()
    if row is None:
        return _page(request, found, number, "Выберите, что проставить остальным.")
    try:
        with transaction.atomic():
            made = services.rest_fill(actor=request.actor, passport=found, row=row)
    except Refusal as refusal:
        return _page(request, found, number, str(refusal))
    messages.success(request, f"«{row.title}»: проставлено, детей — {made}.")
    return redirect(_address(found, number))


@route("passport.fill", FamilyFact, methods=("GET", "POST"))
def note(request: ActorRequest, found: FamilyFact) -> HttpResponse:
    """Words beside a fact."""
    back = f"{reverse('children:child', args=[found.child.public_id])}#child_passport"
    form = NoteForm(request.POST or None, initial={"note": found.note})
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.fact_note(actor=request.actor, fact=found, **form.cleaned_data))
        if form.is_valid():
            return redirect(back)
    context = {"form": form, "fact": found, "child": found.child, "back": back}
    return render(request, "passports/note.html", context, status=422 if form.errors else 200)
