"""The list of classes, a class with its children, the move into the next school year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.foundation.ui.typography import plural

from .. import events, services, titles
from ..forms import ClassConsentsForm, ClassForm, TeacherField, offer_teachers, teachers_at
from ..listing import class_listing, class_rows, in_order, years_of
from ..marks import marks_of
from ..models import Placement, SchoolClass
from ..selectors import consent_states


@route("class.view")
def classes(request: ActorRequest) -> HttpResponse:
    """The classes of the year."""
    today = timezone.localdate()
    read_note(events.CLASSES_LISTED, actor=request.actor)
    listing = class_listing(request.actor, years_of(request.actor, today), today)
    return list_response(
        request, listing, class_rows(request.actor), template="pupils/classes.html", coming=_coming(request)
    )


def _coming(request: ActorRequest) -> str:
    """The title of the school year into which the classes of the last one still have to be moved."""
    year = titles.year_of(timezone.localdate())
    left = Placement.objects.visible_to(request.actor).present().filter(school_class__year=year - 1)
    return titles.year_title(year) if left.exists() else ""


@route("class.keep", methods=("GET", "POST"))
def class_add(request: ActorRequest) -> HttpResponse:
    """A new class; «ещё один» keeps the page open for the next."""
    form = ClassForm(request.POST or None, organisation=request.actor.at)
    if request.method == "POST" and form.is_valid():
        room = attempt(form, lambda: services.class_add(actor=request.actor, **form.cleaned_data))
        if room is not None:
            messages.success(request, f"Класс {room.title} заведён.")
            return redirect("pupils:class_add") if "again" in request.POST else redirect("pupils:class", room.public_id)
    context = {"form": form, "year": titles.year_title(titles.year_of(timezone.localdate()))}
    return render(request, "pupils/class_add.html", context, status=422 if form.is_bound else 200)


@route("class.keep", SchoolClass, methods=("GET", "POST"))
def class_edit(request: ActorRequest, room: SchoolClass) -> HttpResponse:
    """Another title or teacher."""
    given = {
        "title": room.title, "level": room.level, "teacher": room.teacher.public_id if room.teacher else "",
    }  # fmt: skip
    form = ClassForm(request.POST or None, organisation=request.actor.at, initial=given)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.class_change(actor=request.actor, school_class=room, **form.cleaned_data))
        if done is not None:
            messages.success(request, "Сохранено.")
            return redirect("pupils:class", room.public_id)
        room.refresh_from_db()
    return render(request, "pupils/class_edit.html", {"form": form, "room": room}, status=422 if form.is_bound else 200)


@route("pupil.view", SchoolClass, opens=events.CLASS_OPENED)
def class_page(request: ActorRequest, room: SchoolClass) -> HttpResponse:
    """The children of the class with what stands beside each of them."""
    return render(request, "pupils/class.html", class_context(request, room, ClassConsentsForm()))


def class_context(request: ActorRequest, room: SchoolClass, form: ClassConsentsForm) -> dict[str, Any]:
    """The children whom the reader knows; of a past year those who were in the class."""
    today = timezone.localdate()
    past = room.year < titles.year_of(today)
    places = Placement.objects.visible_to(request.actor).filter(school_class=room).select_related("child")
    found = list((places if past else places.present()).order_by("child__last_name", "child__first_name", "pk"))
    children = [one.child for one in found]
    states, beside = consent_states(children), marks_of(request.actor, children)
    rows = [{"place": one, "child": one.child, "consent": states[one.child.pk], "marks": beside[one.child.pk]}
            for one in found]  # fmt: skip
    return {
        "room": room, "rows": rows, "is_past": past, "year": titles.year_title(room.year), "form": form,
        "asked_of": sum(not one.is_in_force for one in states.values()),
    }  # fmt: skip


class YearForm(forms.Form):
    """For each class of the last year where its children go; an empty title means that they leave the school."""

    def __init__(self, *args: Any, rooms: list[SchoolClass], posts: list[Position], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = rooms
        for room in rooms:
            after = titles.title_after(room.title)
            self.fields[f"to-{room.public_id}"] = forms.CharField(
                label=f"{room.title} становится", max_length=20, required=False, initial=after
            )
            goes_on = room.teacher and titles.level_of(after) == room.level
            teacher = TeacherField(
                Position.objects.none(), label=f"Учитель: {room.title}", required=False, empty_label="пока нет",
                to_field_name="public_id", initial=room.teacher.public_id if goes_on and room.teacher else "",
            )  # fmt: skip
            offer_teachers(teacher, posts)
            self.fields[f"who-{room.public_id}"] = teacher

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        taken: dict[str, str] = {}
        for room in self.rooms:
            title = titles.class_title(data.get(f"to-{room.public_id}") or "")
            if title and taken.setdefault(title, room.title) != room.title:
                self.add_error(f"to-{room.public_id}", f"В {title} уже идёт {taken[title]}.")
        return data

    def lines(self) -> list[dict[str, Any]]:
        return [
            {"room": room, "to": self[f"to-{room.public_id}"], "who": self[f"who-{room.public_id}"]}
            for room in self.rooms
        ]

    def plan(self) -> dict[str, services.Next]:
        given = self.cleaned_data
        return {
            room.public_id: services.Next(given[f"to-{room.public_id}"], given[f"who-{room.public_id}"])
            for room in self.rooms
        }


@route("class.keep", methods=("GET", "POST"))
def year(request: ActorRequest) -> HttpResponse:
    """All classes of the last year into this one in one deed."""
    today = timezone.localdate()
    coming = titles.year_of(today)
    rooms = list(in_order(class_rows(request.actor).filter(year=coming - 1, children_count__gt=0)))
    form = YearForm(request.POST or None, rooms=rooms, posts=teachers_at(request.actor.at, today))
    if request.method == "POST" and rooms and form.is_valid():
        made = attempt(form, lambda: services.year_begin(actor=request.actor, year=coming, plan=form.plan()))
        if made is not None:
            count = plural(len(made), "класс переведён,класса переведены,классов переведены")
            messages.success(request, f"{count} на {titles.year_title(coming)} учебный год.")
            return redirect("pupils:classes")
    context = {
        "form": form, "year": titles.year_title(coming), "ends": titles.last_day(coming - 1),
        "begins": titles.first_day(coming), "count": sum(room.children_count for room in rooms),
    }  # fmt: skip
    return render(request, "pupils/year.html", context, status=422 if form.is_bound else 200)
