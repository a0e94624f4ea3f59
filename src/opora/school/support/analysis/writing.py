"""The content of an analysis as it stands on a day, and how an approved one differs from today's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from opora.people.law import law_on
from opora.regulations.service.reading import analysis_sections

from ..schoolyear.reading import YearSpan, school_year
from .content import (
    SHAPE,
    ProblemContent,
    RowContent,
    SectionContent,
    TableContent,
    YearAnalysisContent,
    is_empty,
    table_content,
)
from .figures.catalogue import TABLES, tables_of
from .figures.tables import COUNT, Table
from .models import Problem, YearAnalysis
from .wording import figure_words


def span_of(analysis: YearAnalysis) -> YearSpan:
    return school_year(analysis.year)


def analysis_content(
    analysis: YearAnalysis, on: date, *, director: str = "", tables: Mapping[str, Table] | None = None
) -> YearAnalysisContent:
    """Everything the paper says on a day. `tables` where they are counted already."""
    span = span_of(analysis)
    counted = tables if tables is not None else tables_of(analysis.organisation, span, on)
    last = Problem.objects.of(analysis.organisation).filter(analysis__year=analysis.year - 1)
    return {
        "shape": SHAPE,
        "year": span.year,
        "year_title": span.title,
        "before_title": school_year(span.year - 1).title,
        "counted_on": min(on, span.ends_on).isoformat(),
        "is_draft": analysis.approved_on is None,
        "approval": {
            "organisation": analysis.organisation.full_name,
            "director": director,
            "day": analysis.approved_on.isoformat() if analysis.approved_on else "",
        },
        "author": analysis.author.user.short_name,
        "author_post": analysis.author.inner_caption,
        "sections": _sections(analysis, span, counted),
        "problems": [_problem(one) for one in analysis.problems.select_related("responsible__user")],
        "last_problems": [_problem(one) for one in last.select_related("responsible__user")],
    }


def frozen_content(analysis: YearAnalysis) -> YearAnalysisContent | None:
    """What was approved, while it is approved."""
    if analysis.approved_on is None or analysis.snapshot is None:
        return None
    return cast(YearAnalysisContent, analysis.snapshot.content)


def _sections(analysis: YearAnalysis, span: YearSpan, counted: Mapping[str, Table]) -> list[SectionContent]:
    texts = {one.code: one.text.strip() for one in analysis.sections.all()}
    return [
        {
            "code": rule.code,
            "title": rule.title,
            "clause": rule.clause,
            "practice": not rule.is_law,
            "text": texts.get(rule.code, ""),
            "tables": [table_content(counted[one.code]) for code in rule.figures for one in TABLES.get(code, ())],
        }
        for rule in analysis_sections(law_on(span.ends_on))
    ]


def _problem(one: Problem) -> ProblemContent:
    return {
        "problem": one.problem,
        "cause": one.cause,
        "measure": one.measure,
        "responsible": one.responsible.user.short_name if one.responsible else "",
        "due_on": one.due_on.isoformat() if one.due_on else "",
        "came": one.get_came_display(),
        "came_words": one.came_words,
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is another one today than it was when the analysis was approved."""

    table: str
    label: str
    measure: str
    unit: str
    was: int
    now: int

    @property
    def was_words(self) -> str:
        return figure_words(self.was, self.unit)

    @property
    def now_words(self) -> str:
        return figure_words(self.now, self.unit)


def differences(frozen: YearAnalysisContent, tables: Mapping[str, Table]) -> list[Difference]:
    """Figures of this year that changed since the approval: entries made late, mended or erased."""
    found: list[Difference] = []
    for section in frozen["sections"]:
        for was in section["tables"]:
            if was["code"] in tables:
                found += _differing(was, table_content(tables[was["code"]]))
    return list(dict.fromkeys(found))


def _differing(was: TableContent, now: TableContent) -> list[Difference]:
    def rows(table: TableContent) -> dict[str, RowContent]:
        return {row["code"]: row for row in (*table["rows"], *table["total"])}

    old, new = rows(was), rows(now)
    found = []
    for code in (*old, *(one for one in new if one not in old)):
        label = (old.get(code) or new[code])["label"]
        for at, measure in enumerate(was["measures"]):
            before = old[code]["now"][at] if code in old else 0
            today = new[code]["now"][at] if code in new else 0
            if before != today and measure["unit"] in (COUNT, "hours"):
                found.append(Difference(was["title"], label, measure["title"], measure["unit"], before, today))
    return found


def shown_tables(tables: list[TableContent]) -> list[TableContent]:
    """Tables with anything in them."""
    return [one for one in tables if not is_empty(one)]
