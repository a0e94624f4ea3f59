"""The page of a plan: a sheet while it is drawn up, a paper with what is done while it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.typography import plural

from .. import services
from ..forms import ReasonForm, RemarksForm, WordsForm
from ..models import WorkPlan
from ..sheet import Typed, history_of, sheet_context


@route("plan.view", WorkPlan)
def plan_page(request: ActorRequest, plan: WorkPlan) -> HttpResponse:
    """Lines by direction, what is done, the next step."""
    return sheet_page(request, plan)


def sheet_page(
    request: ActorRequest, plan: WorkPlan, *, typed: Mapping[int, Typed] | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The whole page; forms that were refused are handed in."""
    context = sheet_context(request.actor, plan, timezone.localdate(), typed=typed)
    context |= {
        "words_form": WordsForm(instance=plan), "remarks_form": RemarksForm(), "reason_form": ReasonForm(),
        "events": history_of(request.actor, plan), "versions": list(plan.versions.select_related("approved_by")),
    }  # fmt: skip
    return render(request, "plans/plan.html", context | more, status=status)


@route("plan.write", WorkPlan, methods=("POST",))
def words_save(request: ActorRequest, plan: WorkPlan) -> HttpResponse:
    """The aim and the tasks, saved as they are left."""
    form = WordsForm(request.POST)
    if form.is_valid():
        attempt(form, lambda: services.plan_words_set(actor=request.actor, plan=plan, **form.cleaned_data))
    if request.htmx:
        context = {"plan": plan, "words_form": form, "saved": not form.errors, "moment": timezone.now()}
        return render(request, "plans/words.html", context, status=422 if form.errors else 200)
    if form.errors:
        return sheet_page(request, plan, words_form=form, status=422)
    return redirect("plans:plan", public_id=plan.public_id)


@route("plan.write", WorkPlan, methods=("POST",))
def plan_grow(request: ActorRequest, plan: WorkPlan) -> HttpResponse:
    """Take the lines of the wider plan that are not here yet."""
    try:
        made = services.plan_grow(actor=request.actor, plan=plan)
    except Refusal as refusal:
        return refused(request, refusal)
    words = plural(len(made), "строка,строки,строк")
    messages.success(request, f"Взято: {words}." if made else "Новых строк в более широком плане нет.")
    return redirect("plans:plan", public_id=plan.public_id)
