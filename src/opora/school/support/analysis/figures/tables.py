"""What a table of the analysis is: rows of figures of this year beside those of the last one, and what stands behind.

A rule counts one year at a time; two years are laid side by side here. All values are whole numbers: hours are kept in
minutes, shares in percent, rates in hundredths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from .year import Year

Values = tuple[int, ...]
TOTAL = "total"
COUNT, HOURS, PERCENT, HUNDREDTHS = "count", "hours", "percent", "hundredths"


@dataclass(frozen=True, slots=True)
class Measure:
    """A column; `opens` where rows of the register stand behind its figures."""

    code: str
    title: str
    unit: str = COUNT
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A row counted for one year."""

    code: str
    label: str
    values: Values


@dataclass(frozen=True, slots=True)
class Counted:
    """What a rule counted in a year. `total` is no sum of rows where a child may stand in several of them."""

    lines: tuple[Line, ...] = ()
    total: Values | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """Rows of the register behind a figure; `field_class` is the class of fields that whoever opens them has to see."""

    model: type[models.Model]
    condition: models.Q
    field_class: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """How the total is told in a sentence: «Проведена,Проведены,Проведено» and «консультация,консультации,…»."""

    verb: str
    noun: str
    measure: int = 0
    most: str = ""  # «Больше всего — » of this row; empty: the greatest row is not named
    rows: tuple[str, ...] = ()  # the sum of these rows alone is told; empty: the total


@dataclass(frozen=True)
class Rule:
    """A table of the analysis: how it is counted and what opens behind each of its figures."""

    code: str
    title: str
    clause: str
    measures: tuple[Measure, ...]
    count: Callable[[Year], Counted]
    behind: Callable[[Year, str, str], Behind | None]
    phrase: Phrase | None = None
    chart: str = "bars"  # bars, months or nothing
    note: str = ""
    keeps_empty: bool = False  # rows without any figure in both years stay


@dataclass(frozen=True, slots=True)
class Row:
    """A row of both years; an empty `before` says that the last year is not kept here."""

    code: str
    label: str
    now: Values
    before: Values


@dataclass(frozen=True)
class Table:
    rule: Rule
    rows: tuple[Row, ...]
    total: Row | None
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.rows and (self.total is None or not any((*self.total.now, *self.total.before)))


def laid(rule: Rule, now: Counted, before: Counted) -> Table:
    """Two years side by side: rows of this year in their order, then those that only the last year had."""
    earlier = {line.code: line for line in before.lines}
    none = (0,) * len(rule.measures)
    rows = [Row(one.code, one.label, one.values, earlier[one.code].values if one.code in earlier else none)
            for one in now.lines]  # fmt: skip
    known = {one.code for one in now.lines}
    rows += [Row(one.code, one.label, none, one.values) for one in before.lines if one.code not in known]
    shown = tuple(row for row in rows if rule.keeps_empty or any((*row.now, *row.before)))
    total = None
    if now.total is not None or before.total is not None:
        total = Row(TOTAL, "Всего", now.total or none, before.total or none)
    return Table(rule, shown, total, now.note or rule.note)


def lines_of(choices: Iterable[tuple[Any, Any]], found: Mapping[Any, Values], width: int = 1) -> tuple[Line, ...]:
    """A line for each choice of a field, in its order, zeros where nothing was counted."""
    return tuple(Line(str(code), str(label), found.get(str(code), (0,) * width)) for code, label in choices)


def summed(values: Iterable[Values], width: int) -> Values:
    """The sum of rows, column by column."""
    total = [0] * width
    for row in values:
        for place, value in enumerate(row):
            total[place] += value
    return tuple(total)


def share(part: int, whole: int) -> int:
    """Percent, rounded half up; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0
