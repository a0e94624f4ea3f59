"""The content of an analysis made ready for the page: cells with their links, pictures, offered sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from opora.people.law import law_on
from opora.regulations.service.reading import analysis_sections
from opora.school.pupils.titles import last_day

from .content import RowContent, SectionContent, TableContent, YearAnalysisContent, has_before, is_empty
from .models import AnalysisSection, YearAnalysis
from .pictures import table_svg
from .wording import change_words, figure_words, sentences_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of this year with its link, and the one of the last year with its own."""

    title: str
    now: str
    before: str
    change: str
    url: str = ""
    before_url: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    label: str
    cells: list[Cell]
    is_total: bool = False


@dataclass(frozen=True)
class ShownTable:
    table: TableContent
    rows: list[ShownRow]
    picture: SafeString
    has_before: bool


@dataclass(frozen=True)
class ShownSection:
    """`section` is what people write; None where there is nothing to write."""

    content: SectionContent
    section: AnalysisSection | None
    tables: list[ShownTable]
    empty: list[str]
    sentences: list[str] = field(default_factory=list)
    asked: str = ""

    @property
    def label(self) -> str:
        """The caption of the text."""
        return "Что из этого следует" if self.tables or self.empty else "Словами"

    @property
    def hint(self) -> str:
        """What is asked of whoever writes; every text of the analysis names nobody."""
        return ". ".join(filter(None, (self.asked, "Без имён детей.")))

    @property
    def is_unwritten(self) -> bool:
        return self.section is not None and not self.content["text"]


def goes_on(content: YearAnalysisContent) -> bool:
    """Whether the year was not over when its figures were counted: the last one is counted to the same day."""
    return content["counted_on"] < last_day(content["year"]).isoformat()


def sections_shown(
    analysis: YearAnalysis, content: YearAnalysisContent, sections: Iterable[AnalysisSection]
) -> list[ShownSection]:  # fmt: skip
    """Sections in their order; tables without a figure are only named."""
    written = {one.code: one for one in sections}
    hints = {one.code: one.hint for one in analysis_sections(law_on(last_day(analysis.year)))}
    return [
        replace(_section(analysis, content, one, written), asked=hints.get(one["code"], ""))
        for one in content["sections"]
    ]


def _section(
    analysis: YearAnalysis, content: YearAnalysisContent, one: SectionContent, written: Mapping[str, AnalysisSection]
) -> ShownSection:  # fmt: skip
    years = (content["year_title"], content["before_title"])
    full = [table for table in one["tables"] if not is_empty(table)]
    running = goes_on(content)
    sentences = [words for table in full for words in sentences_of(table, goes_on=running)]
    return ShownSection(
        content=one,
        section=written.get(one["code"]),
        tables=[table_shown(analysis, table, years) for table in full],
        empty=[table["title"] for table in one["tables"] if is_empty(table)],
        sentences=[words for words in sentences if words not in one["text"]],
    )


def table_shown(analysis: YearAnalysis, table: TableContent, years: tuple[str, str]) -> ShownTable:
    """Rows with links to what stands behind, and the picture."""
    rows = [_row(analysis, table, row) for row in table["rows"]]
    rows += [_row(analysis, table, row, is_total=True) for row in table["total"] if len(table["rows"]) > 1]
    return ShownTable(table, rows, mark_safe(table_svg(table, years)), has_before(table))


def _row(analysis: YearAnalysis, table: TableContent, row: RowContent, *, is_total: bool = False) -> ShownRow:
    address = reverse("analysis:figure", args=[analysis.public_id])
    cells = []
    for at, measure in enumerate(table["measures"]):
        now, before, unit = row["now"][at], row["before"][at], measure["unit"]
        asked: dict[str, Any] = {"table": table["code"], "row": row["code"], "measure": measure["code"]}
        opens = measure["opens"]
        cells.append(
            Cell(
                title=measure["title"],
                now=figure_words(now, unit),
                before=figure_words(before, unit),
                change=change_words(now, before, unit),
                url=f"{address}?{urlencode(asked)}" if opens and now else "",
                before_url=f"{address}?{urlencode(asked | {'year': 'last'})}" if opens and before else "",
            )
        )
    return ShownRow(row["label"], cells, is_total)
