"""Settings: the rows of the passport."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt

from .. import services
from ..forms import RowForm
from ..models import PassportRow
from ..rows import offered, parts_of, whence

BOTH = ("GET", "POST")


@route("passport.rows")
def rows(request: ActorRequest) -> HttpResponse:
    """All rows by section, those no longer counted last; before the first use what is offered."""
    kept = list(PassportRow.objects.visible_to(request.actor))
    shown = kept or offered(request.actor.at, timezone.localdate())
    parts = [
        (part.title, [(row, whence(row)) for row in part.rows])
        for part in parts_of(row for row in shown if not row.is_retired)
    ]
    context = {"parts": parts, "retired": [row for row in kept if row.is_retired], "is_kept": bool(kept)}
    return render(request, "passports/rows.html", context)


@route("passport.rows", methods=("POST",))
def rows_provide(request: ActorRequest) -> HttpResponse:
    """Take over the offered rows."""
    services.passport_rows_provide(actor=request.actor)
    messages.success(request, "Строки заведены: их можно переименовать, переставить, добавить свои.")
    return redirect("passports:rows")


@route("passport.rows", methods=BOTH)
def row_add(request: ActorRequest) -> HttpResponse:
    """An own row."""
    form = RowForm(request.POST or None, initial={"section": request.GET.get("section", "")[:120]})
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.passport_row_add(actor=request.actor, **form.cleaned_data))
        if made is not None:
            messages.success(request, f"Строка «{made.title}» добавлена.")
            return redirect("passports:rows")
    return _form_page(request, form, None)


@route("passport.rows", PassportRow, methods=BOTH)
def row_edit(request: ActorRequest, found: PassportRow) -> HttpResponse:
    """Other words or place, or no longer counted."""
    names = ("title", "section", "of_family", "field_class", "order", "is_retired")
    form = RowForm(request.POST or None, row=found, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.passport_row_change(actor=request.actor, row=found, **form.cleaned_data))
        if form.is_valid():
            messages.success(request, "Сохранено.")
            return redirect("passports:rows")
    return _form_page(request, form, found)


def _form_page(request: ActorRequest, form: RowForm, row: PassportRow | None) -> HttpResponse:
    sections = PassportRow.objects.visible_to(request.actor).order_by("section").values_list("section", flat=True)
    context = {
        "form": form, "row": row, "sections": list(sections.distinct()), "whence": whence(row) if row else "",
    }  # fmt: skip
    return render(request, "passports/row.html", context, status=422 if form.errors else 200)
