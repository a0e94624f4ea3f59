"""The steps of the path: to the director, approved, back, open again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.answers import filled, taken

from .. import services
from ..forms import RemarksForm
from ..models import YearAnalysis
from .page import analysis_page

POST = ("POST",)


def _address(analysis: YearAnalysis) -> str:
    return reverse("analysis:analysis", args=[analysis.public_id])


def _taken(request: ActorRequest, found: YearAnalysis, deed: Callable[[], Any], done: str) -> HttpResponse:
    return taken(
        request, deed, done, _address(found),
        otherwise=lambda refusal: analysis_page(request, found, status=422, refusal=refusal),
    )  # fmt: skip


@route("analysis.submit", YearAnalysis, methods=POST)
def submit(request: ActorRequest, found: YearAnalysis) -> HttpResponse:
    """To the director."""
    deed = partial(services.analysis_submit, actor=request.actor, analysis=found)
    return _taken(request, found, deed, "Анализ у директора.")


@route("analysis.approve", YearAnalysis, methods=POST)
def approve(request: ActorRequest, found: YearAnalysis) -> HttpResponse:
    """The director approves."""
    deed = partial(services.analysis_approve, actor=request.actor, analysis=found, on=timezone.localdate())
    return _taken(request, found, deed, "Анализ утверждён: цифры и тексты больше не меняются.")


@route("analysis.return", YearAnalysis, methods=POST)
def send_back(request: ActorRequest, found: YearAnalysis) -> HttpResponse:
    """Back with remarks."""
    form = RemarksForm(request.POST, auto_id="return-%s")
    return filled(
        request, form, partial(services.analysis_return, actor=request.actor, analysis=found),
        "Анализ возвращён с замечаниями.", _address(found),
        lambda: analysis_page(request, found, status=422, remarks_form=form),
    )  # fmt: skip


@route("analysis.change", YearAnalysis, methods=POST)
def change(request: ActorRequest, found: YearAnalysis) -> HttpResponse:
    """Open an approved analysis again."""
    form = RemarksForm(request.POST, auto_id="change-%s")
    return filled(
        request, form,
        lambda remarks: services.analysis_change(actor=request.actor, analysis=found, reason=remarks),
        "Анализ открыт для изменений; утверждённый сохранён.", _address(found),
        lambda: analysis_page(request, found, status=422, change_form=form),
    )  # fmt: skip
