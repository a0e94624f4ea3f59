"""Into another class, out of the school."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.people.children.forms import SCHOOLS
from opora.people.children.models import Child
from opora.people.children.suggestions import suggestions

from .. import services, titles
from ..forms import LeaveForm, PlaceForm
from ..listing import class_rows, in_order
from ..selectors import class_of


def card_of(child: Child, anchor: str = "child_place") -> str:
    """The child's card at its place in the school."""
    return f"{reverse('children:child', args=[child.public_id])}#{anchor}"


@route("class.keep", Child, methods=("GET", "POST"))
def place(request: ActorRequest, child: Child) -> HttpResponse:
    """Put the child into a class of this year, or move it into another one."""
    present = class_of(child)
    rooms = in_order(class_rows(request.actor).filter(year=titles.year_of(timezone.localdate())))
    if present:
        rooms = rooms.exclude(pk=present.pk)
    form = PlaceForm(request.POST or None, rooms=rooms)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            lambda: services.pupil_place(
                actor=request.actor, child=child, school_class=given["school_class"], on=given["on"]
            ),
        )
        if done is not None:
            messages.success(request, f"Класс {done.school_class.title} с {done.started_on:%d.%m.%Y}.")
            return redirect(card_of(child))
    context = {"form": form, "child": child, "present": present, "back": card_of(child)}
    return render(request, "pupils/place.html", context, status=422 if form.is_bound else 200)


@route("class.keep", Child, methods=("GET", "POST"))
def leave(request: ActorRequest, child: Child) -> HttpResponse:
    """The last day at the school."""
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: services.pupil_leave(actor=request.actor, child=child, **given))
        if done is not None:
            messages.success(request, "Выбытие записано.")
            return redirect(card_of(child))
    context = {
        "form": form, "child": child, "present": class_of(child), "back": card_of(child),
        **suggestions(request.actor, SCHOOLS),
    }  # fmt: skip
    return render(request, "pupils/leave.html", context, status=422 if form.is_bound else 200)
