"""A specialist's work sheet: begun in one click, saved as it is typed, with the case file beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.answers import carried_out
from opora.foundation.ui.panels import shown
from opora.foundation.worksheets.models import EarlierText
from opora.foundation.worksheets.views import earlier, respond
from opora.regulations.entries import SheetSection

from .. import services
from ..board import colleagues
from ..casefile import case_file
from ..events import EARLIER_TEXTS_OPENED, EXAMINATION_OPENED
from ..models import Examination, ExaminationSection, Visit
from .addresses import session_url, sheet_url

# The order of work: how the child was looked at, what was found, what follows from it.
KINDS = ("methods", "observations", "data", "conclusion", "advice_teachers", "advice_parents")
LONG = ("observations", "data", "conclusion")


@dataclass(frozen=True)
class Part:
    """One section on the page: what the edition asks and what is written."""

    asked: SheetSection
    section: ExaminationSection
    earlier: bool

    @property
    def hint(self) -> str:
        goes = "Войдёт в протокол" if self.asked.in_protocol else ""
        return ". ".join(filter(None, (self.asked.hint[:1].upper() + self.asked.hint[1:], goes)))

    @property
    def rows(self) -> int:
        return 6 if self.asked.kind in LONG else 3


def parts_of(examination: Examination) -> list[Part]:
    """Sections in the order of work; two queries."""
    rows = {one.code: one for one in examination.sections.select_related("user")}
    ids = [one.public_id for one in rows.values()]
    with_earlier = set(
        EarlierText.objects.filter(organisation_id=examination.organisation_id, section_id__in=ids).values_list(
            "section_id", flat=True
        )
    )
    asked = sorted(services.sheet_of(examination).sections, key=lambda one: (KINDS.index(one.kind), one.order))
    return [Part(one, rows[one.code], rows[one.code].public_id in with_earlier) for one in asked if one.code in rows]


@route("examination.write", Visit, methods=("POST",))
def examination_start(request: ActorRequest, visit: Visit) -> HttpResponse:
    """Begin an own sheet in one click, or come back to it."""
    posts = Position.objects.visible_to(request.actor).filter(user=request.actor.person)
    position = posts.filter(public_id=request.POST.get("position", "")).first()
    if position is None:
        raise Http404
    try:
        sheet = services.examination_start(actor=request.actor, visit=visit, position=position)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(session_url(visit.session))
    return HttpResponseRedirect(sheet_url(sheet))


@route("examination.view", Examination, opens=EXAMINATION_OPENED)
def sheet_page(request: ActorRequest, examination: Examination) -> HttpResponse:
    """The work sheet: sections on the left, the case file and the colleagues' sheets on the right."""
    actor = request.actor
    case = examination.case
    own = examination.specialist_id == actor.person.pk
    return render(
        request,
        "examinations/sheet.html",
        {
            "examination": examination,
            "sheet": services.sheet_of(examination),
            "case": case,
            "child": case.child,
            "session": examination.visit.session,
            "parts": parts_of(examination),
            "writable": services.may_write(actor, examination) and examination.is_writable,
            "own": own,
            "may_reopen": own and examination.is_finished and not examination.case_is_decided,
            "colleagues": colleagues(actor, examination),
            "file": case_file(actor, case),
            "work": shown("sheet-work", actor, examination),
            "panels": shown("sheet", actor, examination),
        },
    )


@route("examination.view", Examination)
def sheet_colleagues(request: ActorRequest, examination: Examination) -> HttpResponse:
    """The colleagues' sheets alone, asked for again while the page is open."""
    context = {"colleagues": colleagues(request.actor, examination), "examination": examination}
    return render(request, "examinations/colleagues.html", context)


@route("examination.write", ExaminationSection, methods=("POST",))
def section_save(request: ActorRequest, section: ExaminationSection) -> HttpResponse:
    """Save a section as it is typed; say who else has it open."""
    if not services.may_write(request.actor, section.examination):
        raise PermissionDenied(services.READERS_ONLY)
    return respond(request, section, services.section_write)


@route("examination.view", ExaminationSection, opens=EARLIER_TEXTS_OPENED)
def section_earlier(request: ActorRequest, section: ExaminationSection) -> HttpResponse:
    """What stood in the section before another person wrote over it."""
    return earlier(request, section, back_url=f"{sheet_url(section.examination)}#section-{section.code}")


@route("examination.write", Examination, methods=("POST",))
def sheet_finish(request: ActorRequest, examination: Examination) -> HttpResponse:
    return carried_out(
        request,
        lambda: services.examination_finish(actor=request.actor, examination=examination),
        sheet_url(examination),
        done="Лист завершён.",
        anchor="section-",
    )


@route("examination.write", Examination, methods=("POST",))
def sheet_reopen(request: ActorRequest, examination: Examination) -> HttpResponse:
    return carried_out(
        request,
        lambda: services.examination_reopen(actor=request.actor, examination=examination),
        sheet_url(examination),
    )


@route("examination.write", Examination, methods=("POST",))
def child_here(request: ActorRequest, examination: Examination) -> HttpResponse:
    """«Ребёнок сейчас у меня»."""
    here = request.POST.get("here") == "1"
    return carried_out(
        request,
        lambda: services.child_here_set(actor=request.actor, examination=examination, is_here=here),
        sheet_url(examination),
    )
