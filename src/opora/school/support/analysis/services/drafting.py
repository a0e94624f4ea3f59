"""An analysis is begun, its sections are written; a sentence computed from figures can be taken into the text."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.foundation.worksheets.services import SaveResult, section_save
from opora.people.law import law_on
from opora.regulations.service.reading import analysis_sections

from ...approval import HEAD_CLAUSE, Status
from ...schoolyear.reading import school_year
from .. import events
from ..models import AnalysisSection, YearAnalysis

YEARS_BACK = 10  # whoever moves an old archive here


@transaction.atomic
def analysis_begin(*, actor: Actor, year: int, on: date) -> YearAnalysis:
    """Begin the analysis of the school year that begins in a calendar year, with its sections.

    Raises PermissionDenied, Refusal: a year that has not begun or is long over, a second analysis of one year.
    """
    require(actor, "analysis.write")
    span = school_year(year)
    if span.starts_on > on:
        raise Refusal("ahead", f"Учебный год {span.title} ещё не начался.", field="year")
    if year < on.year - YEARS_BACK:
        raise Refusal("past", f"Так давно не считаем: не раньше {on.year - YEARS_BACK} года.", field="year")
    if YearAnalysis.objects.of(actor.at).filter(year=year).exists():
        raise Refusal("twice", f"Анализ за {span.title} учебный год уже начат.", field="year")
    analysis = YearAnalysis(organisation=actor.at, year=year, author=_post_of(actor, on))
    analysis.full_clean(validate_constraints=False)  # the unique one is said in words above and below
    try:
        with transaction.atomic():
            analysis.save()
    except IntegrityError:
        raise Refusal("twice", f"Анализ за {span.title} учебный год только что начат.", field="year") from None
    for one in analysis_sections(law_on(span.ends_on)):
        if one.written:
            AnalysisSection.objects.create(organisation=actor.at, analysis=analysis, code=one.code)
    record(events.ANALYSIS_BEGUN, actor=actor, subject=analysis, year=span.title)
    return analysis


def _post_of(actor: Actor, on: date) -> Position:
    held = Position.objects.filter(organisation=actor.at, role=Role.SERVICE_HEAD).held_on(on)
    post = (held.filter(user=actor.user) if actor.user else held).order_by("pk").first()
    if post is None:
        raise Refusal("no_post", "Анализ составляет руководитель Службы, а на этот день его нет.", HEAD_CLAUSE)
    return post


def analysis_lock(actor: Actor, analysis: YearAnalysis) -> YearAnalysis:
    """The analysis read anew and locked. Raises PermissionDenied for one of another organisation."""
    require_own(actor, analysis)
    rows = YearAnalysis.objects.select_for_update(of=("self",)).select_related("organisation", "author__user")
    return rows.get(pk=analysis.pk)


def open_require(actor: Actor, analysis: YearAnalysis) -> YearAnalysis:
    """Lock an analysis whose words the actor may write now. Raises PermissionDenied, Refusal."""
    require(actor, "analysis.write")
    fresh = analysis_lock(actor, analysis)
    if not fresh.is_open:
        words = (
            "Анализ утверждён: чтобы менять его, откройте его для изменений."
            if fresh.status == Status.APPROVED
            else f"Анализ сейчас {fresh.get_status_display()}: его меняют, когда вернут на доработку."
        )
        raise Refusal("not_open", words, HEAD_CLAUSE)
    return fresh


@transaction.atomic
def section_write(
    *, actor: Actor, section: AnalysisSection, text: str, base_version: int, settled: bool = False
) -> SaveResult[AnalysisSection]:
    """Save the words of a section as they are typed. Raises PermissionDenied, Refusal once they are handed in."""
    require_own(actor, section)
    open_require(actor, section.analysis)
    return section_save(actor=actor, section=section, text=text, base_version=base_version, settled=settled)


@transaction.atomic
def sentence_take(*, actor: Actor, section: AnalysisSection, sentence: str) -> AnalysisSection:
    """Put a sentence at the end of a section; one that stands there already is not put twice."""
    require_own(actor, section)
    open_require(actor, section.analysis)
    fresh = AnalysisSection.objects.select_for_update().get(pk=section.pk)
    if sentence in fresh.text:
        return fresh
    text = "\n".join(filter(None, (fresh.text.rstrip(), sentence)))
    return section_save(actor=actor, section=fresh, text=text, base_version=fresh.version).section
