"""What the analysis says: the content of the form `year_analysis`, frozen when the director approves it.

The page shows the same content, so that screen and paper cannot differ. Figures are whole numbers: minutes for hours,
hundredths for rates (`figures.tables`); days are ISO.
"""

from __future__ import annotations

from typing import TypedDict

from .figures.tables import Row, Table

FORM = "year_analysis"
SHAPE = 1


class MeasureContent(TypedDict):
    code: str
    title: str
    unit: str
    opens: bool


class RowContent(TypedDict):
    """`now` and `before` have a figure for each measure."""

    code: str
    label: str
    now: list[int]
    before: list[int]


class TableContent(TypedDict):
    """`total` is empty or one row; `chart` is «bars», «months» or empty."""

    code: str
    title: str
    clause: str
    note: str
    chart: str
    measures: list[MeasureContent]
    rows: list[RowContent]
    total: list[RowContent]


class ProblemContent(TypedDict):
    """`came` and `came_words` are of last year's problems: what became of them."""

    problem: str
    cause: str
    measure: str
    responsible: str
    due_on: str
    came: str
    came_words: str


class SectionContent(TypedDict):
    """`practice` where no clause of the statute asks for the section."""

    code: str
    title: str
    clause: str
    practice: bool
    text: str
    tables: list[TableContent]


class Approval(TypedDict):
    """The block «УТВЕРЖДАЮ»; `day` is empty before the approval."""

    organisation: str
    director: str
    day: str


class YearAnalysisContent(TypedDict):
    """The whole paper; `counted_on` is the day up to which figures are counted."""

    shape: int
    year: int
    year_title: str
    before_title: str
    counted_on: str
    is_draft: bool
    approval: Approval
    author: str
    author_post: str
    sections: list[SectionContent]
    problems: list[ProblemContent]
    last_problems: list[ProblemContent]


def table_content(table: Table) -> TableContent:
    """A table as plain data."""
    rule = table.rule
    return {
        "code": rule.code,
        "title": rule.title,
        "clause": rule.clause,
        "note": table.note,
        "chart": rule.chart,
        "measures": [
            {"code": one.code, "title": one.title, "unit": one.unit, "opens": one.opens} for one in rule.measures
        ],
        "rows": [_row(one) for one in table.rows],
        "total": [_row(table.total)] if table.total is not None else [],
    }


def _row(row: Row) -> RowContent:
    return {"code": row.code, "label": row.label, "now": list(row.now), "before": list(row.before)}


def is_empty(table: TableContent) -> bool:
    """Nothing was counted in either year."""
    rows = (*table["rows"], *table["total"])
    return not any(any((*row["now"], *row["before"])) for row in rows)


def has_before(table: TableContent) -> bool:
    """Anything was counted in the last year."""
    return any(any(row["before"]) for row in (*table["rows"], *table["total"]))
