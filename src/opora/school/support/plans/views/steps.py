"""The steps of the path: handed in, examined, returned, approved, opened for changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.answers import filled, taken

from .. import services
from ..forms import ReasonForm, RemarksForm
from ..models import WorkPlan
from .sheet import sheet_page

POST = ("POST",)


def _address(plan: WorkPlan) -> str:
    return reverse("plans:plan", args=[plan.public_id])


def _taken(request: ActorRequest, plan: WorkPlan, deed: Callable[..., Any], done: str) -> HttpResponse:
    on = timezone.localdate()
    return taken(request, lambda: deed(actor=request.actor, plan=plan, on=on), done, _address(plan))


@route("plan.submit", WorkPlan, methods=POST)
def submit(request: ActorRequest, plan: WorkPlan) -> HttpResponse:
    """Hand the plan in; one of the head goes straight to the director."""
    to = "директору" if request.actor.has(Role.SERVICE_HEAD) else "руководителю Службы"
    return _taken(request, plan, services.plan_submit, f"План отдан {to}.")


@route("plan.examine", WorkPlan, methods=POST)
def examine(request: ActorRequest, plan: WorkPlan) -> HttpResponse:
    """Examined by the head of the service."""
    return _taken(request, plan, services.plan_examine, "План рассмотрен и отдан директору.")


@route("plan.approve", WorkPlan, methods=POST)
def approve(request: ActorRequest, plan: WorkPlan) -> HttpResponse:
    """Approved by the director."""
    return _taken(request, plan, services.plan_approve, "План утверждён.")


@route("plan.return", WorkPlan, methods=POST)
def give_back(request: ActorRequest, plan: WorkPlan) -> HttpResponse:
    """Back to its writer with remarks."""
    form = RemarksForm(request.POST)
    deed = partial(services.plan_return, actor=request.actor, plan=plan, on=timezone.localdate())
    return filled(
        request, form, deed, "План возвращён с замечаниями.", _address(plan),
        lambda: sheet_page(request, plan, remarks_form=form, status=422),
    )  # fmt: skip


@route("plan.change", WorkPlan, methods=POST)
def change(request: ActorRequest, plan: WorkPlan) -> HttpResponse:
    """An approved plan is opened for changes."""
    form = ReasonForm(request.POST)
    deed = partial(services.plan_change, actor=request.actor, plan=plan)
    return filled(
        request, form, deed, "", _address(plan), lambda: sheet_page(request, plan, reason_form=form, status=422)
    )  # fmt: skip
