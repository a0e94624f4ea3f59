"""Statistics of the service: figures of any period beside the same period a year before, by the rules of the analysis.

Nothing is counted here: each table is a rule of `school/support/analysis/figures`, so the figures of a month, of the
year's analysis and of the head's desk cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.records.documents.builders.persons import letterhead
from opora.school.support.analysis.content import TableContent, is_empty, table_content
from opora.school.support.analysis.figures import cards, children, consilium, contacts, groups, programmes, work
from opora.school.support.analysis.figures.tables import HOURS, HUNDREDTHS, Rule, laid
from opora.school.support.analysis.figures.year import Year
from opora.school.support.schoolyear.reading import YearSpan, school_year_of

PARTS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("Работа по учёту", (work.BY_DIRECTION, work.BY_KIND, work.CONSULTATIONS, work.SPECIALISTS)),
    (
        "Обучающиеся и занятия",
        (children.COVERED, groups.GROUP_COUNT, groups.GROUNDS, groups.LESSON_COUNT, children.ATTENDANCE,
         groups.HOURS_GIVEN),
    ),
    (
        "Сопровождение",
        (cards.CARD_COUNT, programmes.PROGRAMME_COUNT, consilium.OPINION_COUNT, consilium.CONDITIONS_KEPT,
         contacts.CONTACT_KINDS),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    title: str
    tables: list[TableContent]


@dataclass(frozen=True)
class Statistics:
    """Figures of both periods; `before` is the same stretch of days a year earlier."""

    since: date
    until: date
    before: tuple[date, date]
    parts: list[Part]

    @property
    def before_title(self) -> str:
        return f"{self.before[0]:%d.%m.%Y} — {self.before[1]:%d.%m.%Y}"


def statistics_of(actor: Actor, since: date, until: date) -> Statistics:
    """All tables of a period; those without a figure in either period are left out."""
    before = (_a_year_before(since), _a_year_before(until))
    now_year, before_year = _year(actor, since, until), _year(actor, *before)
    parts = []
    for title, rules in PARTS:
        tables = [
            _of_a_period(table_content(laid(rule, rule.count(now_year), rule.count(before_year)))) for rule in rules
        ]
        kept = [one for one in tables if not is_empty(one)]
        if kept:
            parts.append(Part(title, kept))
    return Statistics(since, until, before, parts)


def _of_a_period(table: TableContent) -> TableContent:
    """The rules speak of a year; here it may be a month."""
    for row in (*table["rows"], *table["total"]):
        row["label"] = row["label"].replace(" в году", "")
    return table


def _year(actor: Actor, since: date, until: date) -> Year:
    """A stretch of days counted as the analysis counts a year."""
    span = school_year_of(until)
    return Year(actor.at, YearSpan(span.year, since, until, span.title), until)


def _a_year_before(day: date) -> date:
    """The same day of the year before; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def statistics_data(actor: Actor, since: date, until: date, *, on: date) -> dict[str, Any]:
    """What the form prints."""
    found = statistics_of(actor, since, until)
    held = Position.objects.filter(organisation=actor.at, user=actor.user).held_on(on)
    post = held.order_by("started_on", "pk").first()
    return {
        "letterhead": letterhead(actor.at), "period_from": since.isoformat(), "period_to": until.isoformat(),
        "before_title": found.before_title, "made_by": actor.label, "made_on": on.isoformat(),
        "made_as": post.inner_caption if post else "",
        "parts": [{"title": part.title, "tables": part.tables} for part in found.parts],
    }  # fmt: skip


FILE_HEADS = ["Раздел", "Таблица", "Показатель", "Что посчитано", "За период", "Год назад"]


def file_rows(found: Statistics) -> Iterator[list[Any]]:
    """A row for each figure; hours and rates as numbers with a fraction."""
    for part in found.parts:
        for table in part.tables:
            for row in (*table["rows"], *table["total"]):
                for index, measure in enumerate(table["measures"]):
                    values = [_number(row[key][index], measure["unit"]) for key in ("now", "before")]  # type: ignore[literal-required]
                    yield [part.title, table["title"], row["label"], measure["title"], *values]


def _number(value: int, unit: str) -> float | int:
    return value / {HOURS: 60, HUNDREDTHS: 100}[unit] if unit in (HOURS, HUNDREDTHS) else value
