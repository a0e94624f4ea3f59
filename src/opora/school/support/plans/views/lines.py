"""Lines of the sheet: Enter adds one, a changed field is saved by itself, what is refused stands in the row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt, typed

from ...materials.models import WorkDirection
from .. import services
from ..forms import ItemForm
from ..models import PlanItem, WorkPlan
from ..selectors import staff_on
from ..sheet import Typed, sheet_context
from .sheet import sheet_page

LONGEST_KEPT = 2000  # of a new line that is refused as too long


def _address(plan: WorkPlan, anchor: str = "lines") -> str:
    return f"{reverse('plans:plan', args=[plan.public_id])}#{anchor}"


@route("plan.write", WorkPlan, methods=("POST",))
def line_add(request: ActorRequest, plan: WorkPlan) -> HttpResponse:
    """A new line of a direction by its title alone; the cursor stays in the box for the next one."""
    direction = request.POST.get("direction", "")
    if direction not in WorkDirection.values:
        raise Http404
    title = typed(request, "title", LONGEST_KEPT)
    return _answer(
        request, plan,
        lambda: services.item_add(actor=request.actor, plan=plan, direction=direction, title=title),
        adding=direction, new_title=title,
    )  # fmt: skip


def _answer(
    request: ActorRequest, plan: WorkPlan, deed: Callable[[], Any], *, adding: str = "", new_title: str = ""
) -> HttpResponse:
    """Carry out what changes the shape of the plan; answer with its lines (htmx) or go back to them.

    `adding` is the direction of a new line and `new_title` what was typed: what is refused stays in its box.
    """
    refused, made = "", None
    try:
        with transaction.atomic():
            made = deed()
    except Refusal as refusal:
        refused = str(refusal)
    except ValidationError as error:
        refused = " ".join(error.messages)
    if request.htmx and refused:
        return HttpResponse(refused, status=422, content_type="text/plain; charset=utf-8")
    if request.htmx:
        fresh = made if isinstance(made, PlanItem) else None
        return render(
            request, "plans/lines.html", sheet_context(request.actor, plan, timezone.localdate(), fresh=fresh)
        )
    if refused and adding:
        return sheet_page(request, plan, status=422, new_error=refused, adding=adding, new_title=new_title)
    if refused:
        messages.error(request, refused)
        return sheet_page(request, plan, status=422)
    return HttpResponseRedirect(_address(plan, f"item-{made.public_id}" if isinstance(made, PlanItem) else "lines"))


@route("plan.write", PlanItem, methods=("POST",))
def item_deed(request: ActorRequest, item: PlanItem) -> HttpResponse:
    """One line: saved, moved, removed, taken off with a reason, put back."""
    # A script sends the name of whatever button has the focus along with a save: it says `tool` when it means one.
    deed = request.POST.get("tool" if request.htmx else "deed", "save")
    actor, plan = request.actor, item.plan
    deeds: dict[str, Callable[[], Any]] = {
        "up": lambda: services.item_move(actor=actor, item=item, up=True),
        "down": lambda: services.item_move(actor=actor, item=item, up=False),
        "remove": lambda: services.item_remove(actor=actor, item=item),
        "restore": lambda: services.item_restore(actor=actor, item=item),
        "drop": lambda: services.item_drop(
            actor=actor, item=item, reason=typed(request, "drop_reason", 300), on=timezone.localdate()
        ),
    }
    if deed == "save":
        return _save(request, item)
    if deed not in deeds:
        raise Http404
    return _answer(request, plan, deeds[deed])


def _save(request: ActorRequest, item: PlanItem) -> HttpResponse:
    """The row as it was typed; what is wrong stands in it, what another has changed stands beside mine."""
    actor, today = request.actor, timezone.localdate()
    form = ItemForm(staff_on(actor, today), request.POST, item=item)
    version = request.POST.get("version", "")
    saved = None
    if form.is_valid():
        saved = attempt(
            form,
            lambda: services.item_change(
                actor=actor, item=item, values=form.cleaned_data, settled=request.POST.get("settled") == "1",
                base_version=int(version) if version.isdecimal() and len(version) < 10 else -1,
            ),
        )  # fmt: skip
    if saved is not None and not saved.conflict:
        moved = saved.item.direction != item.direction
        if not request.htmx:
            return HttpResponseRedirect(_address(item.plan, f"item-{item.public_id}"))
        response = render(
            request,
            "plans/line_saved.html",
            {"item": saved.item, "moment": timezone.now(), "settled": request.POST.get("settled")},
        )
        if moved:
            response["HX-Refresh"] = "true"
        return response
    errors = {name: [str(one) for one in found] for name, found in form.errors.items()}
    theirs = saved is not None and saved.conflict
    kept = Typed({name: request.POST.get(name, "") for name in ItemForm.base_fields}, errors, theirs)
    status = 409 if theirs else 422
    if not request.htmx:
        return sheet_page(request, item.plan, typed={item.pk: kept}, status=status)
    context = sheet_context(actor, item.plan, today, typed={item.pk: kept})
    rows = [row for part in context["parts"] for row in part.rows if row.item.pk == item.pk]
    if not rows:
        return HttpResponse("Эту строку уже убрали: обновите страницу.", status=422, content_type="text/plain")
    return render(request, "plans/row.html", context | {"row": rows[0]}, status=status)
