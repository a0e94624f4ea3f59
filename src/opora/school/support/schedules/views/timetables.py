"""Timetables of classes: which there are, and one pasted as a table."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.typography import plural
from opora.school.pupils.models import SchoolClass
from opora.school.pupils.titles import order_of, year_of

from .. import services
from ..forms import TimetableForm
from ..models import ClassLesson, Weekday
from ..reading import read_timetable
from ..services.timetable import may_keep

USUAL_MINUTES = 45  # a lesson whose end is not written


@route("timetable.keep")
def timetables(request: ActorRequest) -> HttpResponse:
    """Classes of this year with the number of their lessons."""
    rows = SchoolClass.objects.visible_to(request.actor).of_year(year_of(timezone.localdate()))
    found = rows.annotate(lessons=Count("timetable")).select_related("teacher__user")
    rooms = sorted(found, key=lambda one: order_of(one.title))
    shown = [(one, may_keep(request.actor, one)) for one in rooms]
    return render(request, "schedules/timetables.html", {"rooms": shown})


@route("timetable.keep", SchoolClass, methods=("GET", "POST"))
def timetable(request: ActorRequest, room: SchoolClass) -> HttpResponse:
    """The timetable as a table to paste over; errors name their lines, and nothing is half-saved."""
    if not may_keep(request.actor, room):
        raise PermissionDenied("Расписание этого класса вносят его классный руководитель и Служба.")
    kept = list(ClassLesson.objects.visible_to(request.actor).filter(school_class=room))
    form = TimetableForm(request.POST or None, initial={"text": as_text(kept)})
    if request.method == "POST" and form.is_valid():
        read = read_timetable(form.cleaned_data["text"], USUAL_MINUTES)
        for error in read.errors[:20]:
            form.add_error("text", error)
        if not read.errors:
            made = attempt(
                form,
                lambda: services.timetable_save(actor=request.actor, school_class=room, lessons=read.lessons),
            )  # fmt: skip
            if made is not None:
                messages.success(request, f"{room}: {plural(len(made), 'урок,урока,уроков')} в\u00a0неделю.")
                return redirect("schedules:timetables")
    context = {"form": form, "room": room, "days": _days(kept), "minutes": USUAL_MINUTES}
    return render(request, "schedules/timetable.html", context, status=422 if form.errors else 200)


def _days(lessons: list[ClassLesson]) -> list[tuple[str, list[ClassLesson]]]:
    found = [(str(day.label), [one for one in lessons if one.weekday == day]) for day in Weekday]
    return [one for one in found if one[1]]


def as_text(lessons: list[ClassLesson]) -> str:
    """A lesson in each line, as the page reads it back."""
    days = {day: str(day.label).capitalize() for day in Weekday}
    return "\n".join(
        f"{days[Weekday(one.weekday)]} {one.starts_at:%H:%M}—{one.ends_at:%H:%M} {one.subject}" for one in lessons
    )  # fmt: skip
