"""Children come into a class: one by a short form or out of the register, many as a pasted list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note, record
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.typography import plural
from opora.people.children.duplicates import LikelyDuplicates
from opora.people.children.events import CHILD_COMPARED
from opora.people.children.models import Child
from opora.people.children.search import children_find

from .. import events, pasting, services
from ..comparing import brought, compared
from ..forms import NewPupilForm, PasteForm
from ..models import Placement, SchoolClass

LOOKED_AT = "looked_at"


@route("class.keep", SchoolClass, methods=("GET", "POST"))
def pupil_add(request: ActorRequest, room: SchoolClass) -> HttpResponse:
    """Out of the register by search, or a new card in one short form."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    form = NewPupilForm(request.POST or None, initial={"name": typed})
    likely: list[Child] = []
    if request.method == "POST" and form.is_valid():
        looked_at = frozenset(request.POST.getlist(LOOKED_AT))
        try:
            child = attempt(form, lambda: _bring(request, room, form, looked_at))
        except _Likely as found:
            child, likely = None, found.children
        if child is not None:
            messages.success(request, f"{child.full_name}: карта заведена, класс {room.title}.")
            return redirect("pupils:add" if "again" in request.POST else "pupils:class", room.public_id)
    for one in likely:
        record(CHILD_COMPARED, actor=request.actor, subject=one, person_id=one.public_id)
    context = {
        "form": form, "room": room, "q": typed, "likely": likely, "looked_at": LOOKED_AT,
        "found": _found(request, room, typed), "search_first": not form.is_bound,
    }  # fmt: skip
    return render(request, "pupils/add.html", context, status=422 if form.is_bound else 200)


class _Likely(Exception):
    """Carries the likely duplicates past `attempt`, which would only keep their sentence."""

    def __init__(self, children: list[Child]) -> None:
        super().__init__()
        self.children = children


def _bring(request: ActorRequest, room: SchoolClass, form: NewPupilForm, looked_at: frozenset[str]) -> Child:
    try:
        return services.pupil_bring(
            actor=request.actor, school_class=room, pupil=form.pupil(looked_at), on=form.cleaned_data["on"]
        )
    except LikelyDuplicates as found:
        raise _Likely(found.found) from None
    except Refusal as refusal:
        field = "name" if refusal.field in ("last_name", "first_name", "middle_name") else refusal.field
        raise Refusal(refusal.code, refusal.message, refusal.clause, field) from None


def _found(request: ActorRequest, room: SchoolClass, typed: str) -> list[Child]:
    """Children of the register who are meant and are not in this class."""
    if not typed:
        return []
    here = set(Placement.objects.present().filter(school_class=room).values_list("child", flat=True))
    found = children_find(request.actor, typed, today=timezone.localdate(), limit=12)
    read_note(events.CHILD_LOOKED_UP, actor=request.actor, count=len(found))
    return [one for one in found if one.pk not in here]


@route("class.keep", SchoolClass, methods=("POST",))
def take(request: ActorRequest, room: SchoolClass) -> HttpResponse:
    """A child of the register into the class."""
    child = Child.objects.visible_to(request.actor).filter(public_id=request.POST.get("child", "")).first()
    if child is None:
        messages.error(request, "Выберите ребёнка из найденных.")
        return redirect("pupils:add", room.public_id)
    try:
        services.pupil_place(actor=request.actor, child=child, school_class=room)
    except (Refusal, ValidationError) as error:
        messages.error(request, str(error))
        return redirect("pupils:add", room.public_id)
    messages.success(request, f"{child.full_name}: класс {room.title}.")
    return redirect("pupils:class", room.public_id)


@route("class.keep", SchoolClass, methods=("GET", "POST"))
def paste(request: ActorRequest, room: SchoolClass) -> HttpResponse:
    """A list of the class: first what is understood of it, then all lines without an error at once."""
    form = PasteForm(request.POST or None)
    lines: list[pasting.PastedLine] = []
    if request.method == "POST" and form.is_valid():
        lines = _read(request, room, form.cleaned_data["text"])
        if not lines:
            form.add_error("text", "Ни одной строки с именем: скопируйте столбцы таблицы ещё раз.")
        elif "save" in request.POST:
            made = attempt(form, lambda: _save(request, room, lines, form.cleaned_data["on"]))
            if made is not None:
                messages.success(request, f"В класс {room.title} внесено: {plural(made, 'ребёнок,ребёнка,детей')}.")
                return redirect("pupils:class", room.public_id)
    good = [one for one in lines if not one.error]
    over = pasting.count_of(form.cleaned_data.get("text", "")) > pasting.LONGEST if form.is_bound else False
    context = {
        "form": form, "room": room, "lines": lines, "good": len(good), "bad": len(lines) - len(good),
        "over": pasting.LONGEST if over else 0,
    }  # fmt: skip
    looked = request.method == "POST" and form.is_valid() and "save" not in request.POST
    return render(request, "pupils/paste.html", context, status=422 if form.is_bound and not looked else 200)


def _read(request: ActorRequest, room: SchoolClass, text: str) -> list[pasting.PastedLine]:
    """The lines with what the register knows of each; every likely duplicate that is shown is an event."""
    lines = compared(request.actor, room, text, timezone.localdate(), frozenset(request.POST.getlist(LOOKED_AT)))
    for one in [child for line in lines if line.error for child in line.known]:
        record(CHILD_COMPARED, actor=request.actor, subject=one, person_id=one.public_id)
    return lines


def _save(request: ActorRequest, room: SchoolClass, lines: list[pasting.PastedLine], on: date) -> int:
    known: list[Any] = [one.known[0] for one in lines if not one.error and one.is_same]
    fresh = [brought(one) for one in lines if not one.error and not one.is_same]
    if not known and not fresh:
        raise Refusal("nothing", "Вносить нечего: исправьте строки с замечаниями.", field="text")
    return len(services.pupils_bring(actor=request.actor, school_class=room, pupils=fresh, known=known, on=on))
