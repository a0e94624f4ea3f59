"""Pages «Нормативная база»: the edition in force, what differs, what is unverified, the acts, a value confirmed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.regulations.acts.register import act_of, rules_of, standing
from opora.regulations.edition import Edition, edition
from opora.regulations.entries import Entry

from . import describing, pages, services
from .forms import AnnulForm, CorrectionForm, ValueForm, initial_of
from .laws import law_on
from .models import ConfirmedValue
from .reaching import values_for


def _today(request: ActorRequest) -> Edition:
    place = request.actor.organisation
    return law_on(timezone.localdate(), place.pk if place else 0)


def _asked(request: ActorRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:200]


@route("law.view")
def law(request: ActorRequest) -> HttpResponse:
    """The edition in force today, and what of it nobody has compared with the official text."""
    found, text, today = _today(request), _asked(request), timezone.localdate()
    place = request.actor.organisation
    rows = pages.doubts(place.pk if place else 0, today)
    return render(request, "editions/law.html", {
        "law": found, "earlier": pages.earlier(today), "q": text,
        "doubts": [row for row in rows if row.doubt.table != "act"],
        "act_doubts": [row for row in rows if row.doubt.table == "act"],
        "open": sum(row.is_open for row in rows), "confirms": pages.confirms(request.actor),
        "rules": pages.search(found, text) if text else [], "act_groups": pages.act_groups(found, text) if text else [],
        "limit": pages.FOUND_LIMIT, "recalled": pages.recalled(found),
    })  # fmt: skip


@route("law.view")
def changes(request: ActorRequest) -> HttpResponse:
    """What the edition in force has otherwise than the one before it."""
    found = _today(request)
    before = pages.earlier(timezone.localdate())
    rows = describing.changes(found, before[0]) if before else ()
    return render(request, "editions/changes.html", {
        "law": found, "before": before[0] if before else None,
        "acts": [row for row in rows if row.table == "act"], "rows": [row for row in rows if row.table != "act"],
    })  # fmt: skip


@route("law.view")
def act_list(request: ActorRequest) -> HttpResponse:
    """The legal register with the status of each act."""
    found, text = _today(request), _asked(request)
    return render(request, "editions/acts.html", {"law": found, "act_groups": pages.act_groups(found, text), "q": text})


@route("law.view")
def act(request: ActorRequest, act: str) -> HttpResponse:
    """One act with the rules that rest on it."""
    found = _today(request)
    try:
        one = act_of(found, act)
    except KeyError:
        raise Http404 from None
    return render(request, "editions/act.html", {
        "law": found, "act": one, "standing": standing(found, one), "rules": pages.rule_rows(rules_of(found, one.code)),
    })  # fmt: skip


@route("law.confirm", methods=("GET", "POST"))
def doubt(request: ActorRequest, table: str, entry: str) -> HttpResponse:
    """One unverified entry: confirm it by the official text, or see who has."""
    found = edition(_today(request).code)
    one = found.doubt(table, entry)
    if one is None:
        raise Http404
    known = found.tables.get(table, {}).get(entry) or one.proposed
    settled = next((v for v in values_for(request.actor.at.pk) if _names(v, found.code, table, entry)), None)
    since = max(found.valid_from, one.valid_from or found.valid_from)
    form = ValueForm(
        request.POST or None, law=found, table=table, entry=known,
        initial=initial_of(found, one, known, one.clause, since),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.value_confirm(
            actor=request.actor, edition_code=found.code, table=table, code=entry, values=form.values,
            clause=form.clause, since=form.cleaned_data["since"], note=form.cleaned_data["note"],
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"Подтверждено: {one.title}.")
            return HttpResponseRedirect(reverse("editions:law"))
    context = {
        "form": form, "doubt": describing.doubt_of(found, one), "settled": settled,
        "words": pages.applied_words(_today(request), settled) if settled else "",
        "confirms": pages.confirms(request.actor), "history": _history(request, found.code, table, entry),
    }  # fmt: skip
    return render(request, "editions/doubt.html", context, status=422 if form.is_bound else 200)


def _names(value: ConfirmedValue, code: str, table: str, entry: str) -> bool:
    return (value.edition, value.table, value.code) == (code, table, entry)


def _history(request: ActorRequest, code: str, table: str, entry: str) -> list[dict[str, Any]]:
    rows = ConfirmedValue.objects.visible_to(request.actor).of_entry(code, table, entry)
    return [{"row": row, "words": describing.values_in_words(row.values)} for row in rows]


@route("law.confirm", ConfirmedValue, methods=("GET", "POST"))
def correct(request: ActorRequest, value: ConfirmedValue) -> HttpResponse:
    """Another value in place of a confirmed one."""
    found = edition(value.edition)
    known = _entry(found, value)
    one = found.doubt(value.table, value.code)
    offered = initial_of(found, one, known, value.clause, value.since) | value.values | {
        "point": value.clause.partition(", ")[2], "note": value.note,
    }  # fmt: skip
    form = CorrectionForm(request.POST or None, law=found, table=value.table, entry=known, initial=offered)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.value_correct(
            actor=request.actor, value=value, values=form.values, clause=form.clause,
            since=form.cleaned_data["since"], note=form.cleaned_data["note"], reason=form.cleaned_data["reason"],
        ))  # fmt: skip
        if made is not None:
            messages.success(request, "Исправлено. Прежнее значение осталось в истории.")
            return HttpResponseRedirect(reverse("editions:law"))
    context = {"form": form, "value": value, "title": one.title if one else value.code}
    return render(request, "editions/correct.html", context, status=422 if form.is_bound else 200)


def _entry(found: Edition, value: ConfirmedValue) -> Entry | None:
    one = found.doubt(value.table, value.code)
    return found.tables.get(value.table, {}).get(value.code) or (one.proposed if one else None)


@route("law.confirm", ConfirmedValue, methods=("GET", "POST"))
def annul(request: ActorRequest, value: ConfirmedValue) -> HttpResponse:
    """Take a confirmation back."""
    form = AnnulForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: services.value_annul(actor=request.actor, value=value, reason=reason)):
            messages.success(request, "Подтверждение отменено: запись снова ждёт сверки.")
            return HttpResponseRedirect(reverse("editions:law"))
    one = edition(value.edition).doubt(value.table, value.code)
    context = {"form": form, "value": value, "title": one.title if one else value.code,
               "words": describing.values_in_words(value.values)}  # fmt: skip
    return render(request, "editions/annul.html", context, status=422 if form.is_bound else 200)
