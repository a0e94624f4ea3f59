"""Saving of facts as they are chosen, and the switch of advice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from opora.commission.editions.laws import law_of
from opora.commission.examinations.models import Examination
from opora.commission.examinations.services import READERS_ONLY, may_write
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, own_route, route
from opora.foundation.ui.services import advice_set
from opora.regulations.facts.reading import definitions

from .gathering import gathered
from .panels import advice_context, findings_context
from .rows import Typed
from .services import FindingsRefused, findings_record


def _posted(examination: Examination, data: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """Values and sources of the facts that the form asked for; an unticked fact is an empty value."""
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for fact in definitions(law_of(examination.case)):
        if f"asked-{fact.code}" not in data:
            continue
        given = data.getlist(f"f-{fact.code}")
        values[fact.code] = given if fact.kind == "choices" else (given[-1] if given else "")
        basis, words = data.get(f"basis-{fact.code}", ""), data.get(f"words-{fact.code}", "").strip()
        if basis or words:
            sources[fact.code] = f"{basis}: {words}" if words else basis
    return values, sources


@route("examination.write", Examination, methods=("POST",))
def findings_save(request: ActorRequest, examination: Examination) -> HttpResponse:
    """Record what was chosen; the page gets its fields anew, with what is asked now, and the advice."""
    if not may_write(request.actor, examination):
        raise PermissionDenied(READERS_ONLY)
    values, sources = _posted(examination, request.POST)
    typed, said = None, ""
    try:
        with transaction.atomic():
            done = findings_record(actor=request.actor, examination=examination, values=values, sources=sources)
        said = _words(examination, done.fallen)
    except FindingsRefused as refusal:
        typed = Typed(values, sources, _with_clause(refusal))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _reload(request, examination)
    return _answer(request, examination, typed, said)


def _with_clause(refusal: FindingsRefused) -> Mapping[str, str]:
    if not refusal.clause:
        return refusal.errors
    return {code: f"{message} ({refusal.clause})" for code, message in refusal.errors.items()}


def _words(examination: Examination, fallen: tuple[str, ...]) -> str:
    law = law_of(examination.case)
    titles = [one.title for one in definitions(law) if one.code in fallen]
    return f"Снято, потому что больше не спрашивается: {'; '.join(titles)}." if titles else ""


def _answer(request: ActorRequest, examination: Examination, typed: Typed | None, said: str) -> HttpResponse:
    if typed is None and not request.htmx:
        messages.success(request, said or "Данные записаны.")
        return HttpResponseRedirect(_sheet(examination))
    known = gathered(examination.case, examination.visit.session.day)
    context = findings_context(request.actor, examination, known, typed) | {"said": said, "saved": typed is None}
    if not request.htmx:
        context |= {"case": examination.case, "child": examination.case.child}
        return render(request, "findings/refused.html", context, status=422)
    context |= advice_context(examination.case, request.actor, known, examination)
    return render(request, "findings/saved.html", context)


def _reload(request: ActorRequest, examination: Examination) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return HttpResponseRedirect(_sheet(examination))


def _sheet(examination: Examination) -> str:
    return f"{reverse('examinations:sheet', args=[examination.public_id])}#findings"


@own_route("POST")
def advice_switch(request: ActorRequest) -> HttpResponse:
    """Show advice beside the work, or leave it out."""
    advice_set(actor=request.actor, on=request.POST.get("on") == "1")
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if safe else "/")
