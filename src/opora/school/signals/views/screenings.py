"""Screenings: the list, entering by class, what asks for attention, the school's own days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import read_note, record
from opora.foundation.organisations.querysets import not_frozen
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.school.pupils.models import ExaminationConsent, Placement

from .. import events, services
from ..attention import attention_list, waits_until
from ..forms import ScreeningForm, SettleForm, TermsForm
from ..listing import screening_listing
from ..meetings import results_meeting_address
from ..models import Screening, ScreeningResult
from ..services.screenings import Mark, may_fill
from ..terms import FIELDS as TERM_FIELDS
from ..terms import terms_of, usual_terms

LINES = 100  # of a table of many classes on one page; a class is shown whole


@route("screening.view")
def screenings(request: ActorRequest) -> HttpResponse:
    """The list of screenings, with counts of what the actor may see."""
    read_note(events.SCREENINGS_LISTED, actor=request.actor)
    seen = ScreeningResult.objects.visible_to(request.actor).order_by()
    waiting = Q(settled="") & (Q(level__in=("raised", "special")) | Q(suicide_risk=True))
    counted = seen.values_list("screening").annotate(every=Count("pk"), waiting=Count("pk", filter=waiting))
    counts = {screening: (every, asks) for screening, every, asks in counted}
    rows = Screening.objects.visible_to(request.actor).select_related("school_class", "run_by")
    return list_response(
        request, screening_listing(request.actor, counts), rows, template="signals/screenings.html",
        waiting=sum(asks for _, asks in counts.values()),
    )  # fmt: skip


@route("screening.keep", methods=("GET", "POST"))
def screening_new(request: ActorRequest) -> HttpResponse:
    """Begin a screening of a class; its table opens at once."""
    form = ScreeningForm(
        request.POST or None, initial={"school_class": request.GET.get("class")}, actor=request.actor,
        today=timezone.localdate(),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.screening_start(actor=request.actor, **form.cleaned_data))
        if made is not None:
            return redirect("signals:screening", public_id=made.public_id)
    return render(request, "signals/screening_new.html", {"form": form}, status=422 if form.errors else 200)


@dataclass
class Entry:
    """One line of the table of a class; `wrong` is its field that was refused, «level» or «note»."""

    child_id: str
    name: str
    level: str = ""
    note: str = ""
    suicide_risk: bool = False
    settled: str = ""
    words: str = ""
    consented: bool = False
    wrong: str = ""
    fault: str = ""


@route("screening.view", Screening, opens=events.SCREENING_OPENED)
def screening(request: ActorRequest, found: Screening) -> HttpResponse:
    """Results of a screening; whoever runs it fills them in on the same page."""
    return _screening_page(request, found)


@route("screening.keep", Screening, methods=("POST",))
def results(request: ActorRequest, found: Screening) -> HttpResponse:
    """Save the lines that were sent: the whole table, or the one that was just touched."""
    marks = marks_of(request.POST)
    try:
        services.results_save(actor=request.actor, screening=found, marks=marks)
    except Refusal as refusal:
        if request.htmx:
            return render(request, "signals/saved.html", {"errors": [str(refusal)]})
        return _screening_page(request, found, typed=marks, refusal=refusal)
    if request.htmx:
        return render(request, "signals/saved.html", {"at": timezone.now()})
    messages.success(request, "Результаты сохранены.")
    page = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{reverse('signals:screening', args=[found.public_id])}{page}")


def marks_of(posted: QueryDict) -> list[Mark]:
    """Lines of the table by the ids of their rows."""
    return [
        Mark(
            one, posted.get(f"level-{one}", ""), " ".join(posted.get(f"note-{one}", "").split()),
            bool(posted.get(f"risk-{one}")),
        )
        for one in dict.fromkeys(posted.getlist("row"))
    ]  # fmt: skip


def _screening_page(
    request: ActorRequest, found: Screening, typed: list[Mark] | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    actor, fills = request.actor, may(request.actor, "screening.keep") and may_fill(request.actor, found)
    known = ScreeningResult.objects.visible_to(actor).filter(screening=found).select_related("child")
    waiting = known.waiting().count()
    if request.GET.get("show") == "waiting":
        known = known.waiting()
    page = Paginator(known.order_by("child__last_name", "child__first_name", "pk"), LINES).get_page(
        request.GET.get("page")
    )
    rows = list(page.object_list)
    entries = _entries(actor, found, rows, is_part="show" in request.GET or page.has_other_pages()) if fills else []
    refused = _as_typed(entries, typed or [], refusal)
    if fills and not rows and found.school_class_id:
        record(events.PUPILS_NAMED, actor=actor, count=len(entries))
    context: dict[str, Any] = {
        "screening": found, "fills": fills, "entries": entries, "rows": rows, "refusal": refusal,
        "refused": refused,
        "levels": [(level.value, level.label.split()[0]) for level in ScreeningResult.Level],
        "waiting": waiting, "page": page,
        "shows_waiting": request.GET.get("show") == "waiting",
        "filled": sum(bool(one.level) for one in entries),
    }  # fmt: skip
    return render(request, "signals/screening.html", context, status=422 if refusal else 200)


def _as_typed(entries: list[Entry], typed: list[Mark], refusal: Refusal | None) -> str:
    """Put what was sent back into the table; returns the field that was refused, if it is on the page."""
    wrong, _, whose = ((refusal.field if refusal else None) or "").partition("-")
    lines = {one.child_id: one for one in entries}
    for mark in typed:
        if entry := lines.get(mark.child_id):
            entry.level, entry.note, entry.suicide_risk = mark.level, mark.note, mark.suicide_risk
    if refusal is None or whose not in lines:
        return ""
    lines[whose].wrong, lines[whose].fault = wrong, refusal.message
    return f"{wrong}-{whose}"


def _entries(actor: Actor, found: Screening, rows: list[ScreeningResult], *, is_part: bool) -> list[Entry]:
    """Everybody of the class with what is known already; of a table of many classes those whom it names."""
    entries = {one.child.public_id: Entry(one.child.public_id, one.child.full_name) for one in rows}
    if found.school_class_id and not is_part:
        placed = Placement.objects.present().of(actor.at).filter(school_class_id=found.school_class_id)
        for one in not_frozen(placed, "child__public_id").select_related("child"):
            entries.setdefault(one.child.public_id, Entry(one.child.public_id, one.child.full_name))
    agreed = ExaminationConsent.objects.in_force().of(actor.at).filter(child__public_id__in=list(entries))
    for child_id in agreed.values_list("child__public_id", flat=True):
        entries[child_id].consented = True
    for row in rows:
        entry = entries[row.child.public_id]
        entry.level, entry.note, entry.suicide_risk = row.level, row.note, row.suicide_risk
        entry.settled = str(row.get_settled_display()) if row.settled else ""
        entry.words = row.settled_words
    return sorted(entries.values(), key=lambda one: one.name)


@route("screening.view")
def attention(request: ActorRequest) -> HttpResponse:
    """Results that ask for attention: tick some and put them on the planned meeting."""
    return _attention_page(request, SettleForm())


def _attention_page(request: ActorRequest, form: SettleForm, ticked: list[str] | None = None) -> HttpResponse:
    read_note(events.ATTENTION_LISTED, actor=request.actor)
    found = attention_list(request.actor).order_by("-suicide_risk", "-level", "child__last_name", "pk")
    context = {
        "lines": [{"result": one, "colour": waits_until(one)} for one in found[:200]],
        "meeting": results_meeting_address(), "form": form, "ticked": ticked or [],
        "settles": may(request.actor, "screening.settle"),
    }  # fmt: skip
    return render(request, "signals/attention.html", context, status=422 if form.errors else 200)


@route("screening.settle", methods=("POST",))
def settle(request: ActorRequest) -> HttpResponse:
    """Ticked results need no meeting, for a reason."""
    form, ticked = SettleForm(request.POST), request.POST.getlist("result")
    if form.is_valid() and not ticked:
        form.add_error(None, "Отметьте хотя бы одного обучающегося.")
    if form.is_valid():
        rows = list(attention_list(request.actor).filter(public_id__in=ticked))
        words = form.cleaned_data["words"]
        done = attempt(
            form,
            lambda: [
                services.result_settle(actor=request.actor, result=one, how="watched", words=words) for one in rows
            ],
        )
        if done is not None:
            messages.success(request, "Решение записано.")
            return redirect("signals:attention")
    return _attention_page(request, form, ticked)


@route("signal.terms", methods=("GET", "POST"))
def terms(request: ActorRequest) -> HttpResponse:
    """The school's own days for the steps of a concern."""
    today = timezone.localdate()
    now = terms_of(request.actor, today)
    form = TermsForm(request.POST or None, initial={name: now[key] for key, name in TERM_FIELDS.items()})
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, lambda: services.terms_save(actor=request.actor, **form.cleaned_data))
        if saved is not None:
            messages.success(request, "Сроки сохранены.")
            return redirect("signals:list")
    context = {"form": form, "usual": usual_terms(today)}
    return render(request, "signals/terms.html", context, status=422 if form.errors else 200)
