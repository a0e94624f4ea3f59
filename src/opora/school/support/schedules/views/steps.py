"""The path of a schedule, a step at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.answers import carried_out, filled

from .. import services
from ..forms import ReasonForm, RemarksForm
from ..models import WorkSchedule
from ..page import schedule_context
from .addresses import address_of

POST = ("POST",)


def _step(
    request: ActorRequest, found: WorkSchedule, deed: Callable[..., Any], done: str, **told: Any
) -> HttpResponse:  # fmt: skip
    return carried_out(
        request, lambda: deed(actor=request.actor, schedule=found, **told), address_of(found), done=done
    )  # fmt: skip


def _told(
    request: ActorRequest, found: WorkSchedule, form: RemarksForm | ReasonForm, deed: Callable[..., Any], done: str
) -> HttpResponse:
    """A step with its words; what is refused stands beside them, and they stay."""

    def page() -> HttpResponse:
        return render(request, "schedules/schedule.html", schedule_context(request.actor, found, told=form), status=422)

    return filled(
        request, form, partial(deed, actor=request.actor, schedule=found), done, address_of(found), page
    )  # fmt: skip


@route("schedule.submit", WorkSchedule, methods=POST)
def submit(request: ActorRequest, found: WorkSchedule) -> HttpResponse:
    return _step(request, found, services.schedule_submit, "График отдан на рассмотрение.")


@route("schedule.examine", WorkSchedule, methods=POST)
def examine(request: ActorRequest, found: WorkSchedule) -> HttpResponse:
    return _step(request, found, services.schedule_examine, "График передан директору.")


@route("schedule.return", WorkSchedule, methods=POST)
def send_back(request: ActorRequest, found: WorkSchedule) -> HttpResponse:
    form = RemarksForm(request.POST)
    return _told(request, found, form, services.schedule_return, "График возвращён с замечаниями.")


@route("schedule.approve", WorkSchedule, methods=POST)
def approve(request: ActorRequest, found: WorkSchedule) -> HttpResponse:
    return _step(request, found, services.schedule_approve, "График утверждён.", on=timezone.localdate())


@route("schedule.change", WorkSchedule, methods=POST)
def change(request: ActorRequest, found: WorkSchedule) -> HttpResponse:
    done = "График открыт для изменений; утверждённая версия действует до следующей."
    return _told(request, found, ReasonForm(request.POST), services.schedule_change, done)
