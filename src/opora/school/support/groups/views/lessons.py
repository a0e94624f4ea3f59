"""Lessons: a series with its preview, one moved or cancelled."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.typography import plural

from ...schoolyear.reading import settings_of
from .. import services
from ..forms import CancelForm, LessonForm, SeriesForm, first_day
from ..leading import group_lock
from ..models import Group, Lesson
from ..planning import Series, series_of, usual_count

BOTH = ("GET", "POST")


@route("group.keep", Group, methods=BOTH)
def series(request: ActorRequest, found: Group) -> HttpResponse:
    """«По средам и пятницам с 9:40, 16 занятий»: the days are shown first, then made."""
    group_lock(request.actor, found)
    form = _series_form(request, found)
    laid = _laid(request, found, form) if form.is_bound and form.is_valid() else None
    wants = request.method == "POST" and "show" not in request.POST
    if wants and laid is not None:
        made = attempt(
            form,
            lambda: services.lessons_plan(
                actor=request.actor, group=found, wanted=laid.wanted, topics=laid.topics
            ),
        )  # fmt: skip
        if made is not None:
            messages.success(request, f"Запланировано: {plural(len(made), 'занятие,занятия,занятий')}.")
            return redirect("groups:group", public_id=found.public_id)
    context = {
        "form": form, "group": found, "laid": laid, "back": reverse("groups:group", args=[found.public_id]),
    }  # fmt: skip
    template = "groups/preview.html" if request.htmx else "groups/series.html"
    return render(request, template, context, status=422 if wants and form.errors else 200)


def _series_form(request: ActorRequest, group: Group) -> SeriesForm:
    if request.method == "POST":
        return SeriesForm(request.actor, request.POST)
    if request.htmx and "starts_at" in request.GET:
        return SeriesForm(request.actor, request.GET)
    initial = {
        "minutes": settings_of(group.organisation).lesson_minutes, "count": usual_count(group),
        "first": first_day(group, timezone.localdate()),
        "cabinet": group.cabinet.public_id if group.cabinet else "",
    }  # fmt: skip
    return SeriesForm(request.actor, initial=initial)


def _laid(request: ActorRequest, group: Group, form: SeriesForm) -> Series:
    return series_of(request.actor, group, **form.cleaned_data)


@route("group.keep", Lesson, methods=BOTH)
def lesson(request: ActorRequest, found: Lesson) -> HttpResponse:
    """Move a lesson; beside it the way to cancel it."""
    group_lock(request.actor, found.group)
    form = LessonForm(request.actor, found, request.POST or None, initial=LessonForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.lesson_move(actor=request.actor, lesson=found, **form.cleaned_data))
        if form.is_valid():
            messages.success(request, "Занятие перенесено.")
            return redirect("groups:group", public_id=found.group.public_id)
    return _lesson_page(request, found, form, CancelForm())


@route("group.keep", Lesson, methods=("POST",))
def cancel(request: ActorRequest, found: Lesson) -> HttpResponse:
    """The lesson will not be held."""
    form = CancelForm(request.POST)
    if form.is_valid():
        attempt(form, lambda: services.lesson_cancel(actor=request.actor, lesson=found, **form.cleaned_data))
    if form.is_valid():
        messages.success(request, "Занятие отменено. Его тема войдёт в следующую серию.")
        return redirect("groups:group", public_id=found.group.public_id)
    moving = LessonForm(request.actor, found, initial=LessonForm.initial_of(found))
    return _lesson_page(request, found, moving, form)


def _lesson_page(request: ActorRequest, found: Lesson, form: LessonForm, cancelling: CancelForm) -> HttpResponse:
    back = reverse("groups:group", args=[found.group.public_id])
    context = {"form": form, "cancelling": cancelling, "lesson": found, "group": found.group, "back": back}
    status = 422 if form.errors or cancelling.errors else 200
    return render(request, "groups/lesson.html", context, status=status)
