"""The list of the bank, the page of a material, its form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.models import Event
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.regulations.calendar import add_years

from .. import services
from ..flow import FLOW, WRITERS, is_step_of
from ..forms import FileForm, MaterialForm, RemarksForm, ReviewForm
from ..listing import material_listing
from ..models import Material
from ..using import uses_of

BOTH = ("GET", "POST")


@route("material.view")
def material_list(request: ActorRequest) -> HttpResponse:
    """The bank with its filters."""
    listing = material_listing(
        request.actor, timezone.localdate(), may_write=may(request.actor, "material.write")
    )  # fmt: skip
    return list_response(request, listing, Material.objects.visible_to(request.actor))


@route("material.view", Material)
def material_page(request: ActorRequest, material: Material) -> HttpResponse:
    """What it is, its topics, files, how often it was used, the next step."""
    return page(request, material)


def outline_context(request: ActorRequest, material: Material) -> dict[str, Any]:
    """What the outline of topics needs; it is drawn anew alone after each change."""
    topics = list(material.topics.order_by("order", "pk"))
    writes = services.may_write(request.actor, material) and may(request.actor, "material.write")
    return {
        "material": material, "topics": topics, "hours": sum(one.hours for one in topics),
        "editing": writes and material.is_open,
    }  # fmt: skip


def page(request: ActorRequest, material: Material, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page; forms that were refused are handed in."""
    today = timezone.localdate()
    history = Event.objects.visible_to(request.actor).about(material).select_related("user")
    writes = services.may_write(request.actor, material) and may(request.actor, "material.write")
    context = outline_context(request, material) | {
        "writes": writes, "keeps_files": writes and (material.is_open or not material.needs_approval),
        "files": list(material.files.select_related("file")),
        "use": uses_of([material.pk])[material.pk], "steps": _steps(request, material, writes),
        "remarks_form": RemarksForm(), "file_form": FileForm(),
        "review_form": ReviewForm(initial={"next_on": add_years(today, 1)}), "events": list(history[:20]),
        "is_late": bool(material.review_on and material.review_on < today) and material.status == "in_use",
    }  # fmt: skip
    return render(request, "materials/material.html", context | more, status=status)


def _steps(request: ActorRequest, material: Material, writes: bool) -> dict[str, str]:
    """Steps that the person may take now: the last word of the action -> the title of its button."""
    rows = FLOW.available(material.status, request.actor)
    return {
        row.action.removeprefix("material."): row.title
        for row in rows
        if is_step_of(material, row.action) and (writes or row.roles != WRITERS)
    }


@route("material.write", methods=BOTH)
def material_new(request: ActorRequest) -> HttpResponse:
    """A method, a material, a programme, a project."""
    today = timezone.localdate()
    kind = request.GET.get("kind", "")
    given = {
        "kind": kind if kind in Material.Kind.values else "method", "review_on": add_years(today, 1),
        "speciality": next(iter(request.actor.specialities), ""),
    }  # fmt: skip
    form = MaterialForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.material_save(actor=request.actor, **form.cleaned_data))
        if made is not None:
            return redirect("materials:material", public_id=made.public_id)
    context = {"form": form, "back": reverse("materials:list")}
    return render(request, "materials/edit.html", context, status=422 if form.is_bound else 200)


@route("material.write", Material, methods=BOTH)
def material_edit(request: ActorRequest, material: Material) -> HttpResponse:
    """Other words, ages, terms."""
    initial = {name: getattr(material, name) for name in MaterialForm.Meta.fields}
    form = MaterialForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        attempt(form, lambda: services.material_save(actor=request.actor, material=material, **given))
        if form.is_valid():
            messages.success(request, "Сохранено.")
            return redirect("materials:material", public_id=material.public_id)
    back = reverse("materials:material", args=[material.public_id])
    context = {"form": form, "material": material, "back": back}
    return render(request, "materials/edit.html", context, status=422 if form.is_bound else 200)
