"""The page of an instrument beside the sheet: saved as it is filled, with the result on the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from opora.commission.examinations.models import Examination
from opora.commission.examinations.services import may_write
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route

from . import services
from .events import INSTRUMENT_OPENED
from .models import ScoredInstrument
from .page import blocks_of, changes, picture, posted
from .results import LAG, Subject, clause_of, dynamics, is_known, result_of, subject_of, title_of


def _subject_or_404(examination: Examination, code: str) -> Subject:
    subject = subject_of(examination)
    if not is_known(subject, code):
        raise Http404
    return subject


def _sheet_url(examination: Examination, section: str = "") -> str:
    address = reverse("examinations:sheet", args=[examination.public_id])
    return f"{address}#section-{section}" if section else address


def _page_url(examination: Examination, code: str) -> str:
    return reverse("instruments:instrument", args=[examination.public_id, code])


def _record_of(request: ActorRequest, examination: Examination, code: str) -> ScoredInstrument | None:
    rows = ScoredInstrument.objects.visible_to(request.actor).with_people()
    return rows.filter(examination=examination, instrument=code).first()


def _context(
    request: ActorRequest, examination: Examination, code: str, *, typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None, conflict: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Everything that the page and its result need; `typed` are answers that were not saved."""
    subject = _subject_or_404(examination, code)
    row = _record_of(request, examination, code)
    saved = row.answers if row is not None else {}
    answers = saved if typed is None else typed
    return {
        "examination": examination,
        "case": examination.case,
        "child": examination.case.child,
        "code": code,
        "is_lag": code == LAG,
        "title": title_of(subject.law, code),
        "clause": clause_of(subject.law, code),
        "day": subject.on,
        "record": row,
        "version": row.version if row is not None else 0,
        "result": result_of(subject, code, saved),
        "blocks": blocks_of(subject, code, answers, errors or {}),
        "errors": errors or {},
        "conflict": conflict,
        "writable": may_write(request.actor, examination) and examination.is_writable,
        "sheet_url": _sheet_url(examination),
    }


def _with_dynamics(request: ActorRequest, examination: Examination, context: dict[str, Any]) -> dict[str, Any]:
    filled = dynamics(request.actor, examination, context["code"])
    return context | {
        "filled": filled,
        "changes": changes(filled),
        "picture": picture(subject_of(examination), filled),
    }


@route("examination.view", Examination, opens=INSTRUMENT_OPENED)
def instrument_page(request: ActorRequest, examination: Examination, instrument: str) -> HttpResponse:
    """The questions on the left, the result and the dynamics on the right."""
    context = _context(request, examination, instrument)
    return render(request, "instruments/instrument.html", _with_dynamics(request, examination, context))


@route("examination.write", Examination, methods=("POST",))
def instrument_save(request: ActorRequest, examination: Examination, instrument: str) -> HttpResponse:
    """Save the answers: with a script the result comes back, without one the page."""
    subject = _subject_or_404(examination, instrument)
    typed = posted(subject, instrument, request.POST)
    version = request.POST.get("version", "")
    try:
        written = services.answers_write(
            actor=request.actor, examination=examination, instrument=instrument, answers=typed,
            base_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            settled=request.POST.get("settled") == "1",
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(request, examination, instrument, typed, refusal)
    if not request.htmx and not written.errors and not written.conflict:
        messages.success(request, "Ответы сохранены.")
        return HttpResponseRedirect(_page_url(examination, instrument))
    context = _context(request, examination, instrument, typed=typed, errors=written.errors, conflict=written.conflict)
    context = _with_dynamics(request, examination, context)
    if request.htmx:
        return render(request, "instruments/result.html", context | {"answered": True})
    return render(request, "instruments/instrument.html", context, status=409 if written.conflict else 422)


def _refused(
    request: ActorRequest, examination: Examination, code: str, typed: Mapping[str, Any], refusal: Refusal
) -> HttpResponse:
    if request.htmx:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    context = _with_dynamics(request, examination, _context(request, examination, code, typed=typed))
    return render(request, "instruments/instrument.html", context | {"refusal": refusal}, status=422)


@route("examination.write", Examination, methods=("POST",))
def result_insert(request: ActorRequest, examination: Examination, instrument: str) -> HttpResponse:
    """«Вставить в раздел»: the sentence goes behind what is written there."""
    _subject_or_404(examination, instrument)
    try:
        section = services.result_insert(actor=request.actor, examination=examination, instrument=instrument)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(_page_url(examination, instrument))
    messages.success(request, "Результат вставлен в раздел: текст можно править.")
    return HttpResponseRedirect(_sheet_url(examination, section))
