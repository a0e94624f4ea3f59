"""A sheet on the page: its parts with texts and choices of wording, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opora.foundation.worksheets.models import EarlierText
from opora.regulations.presentations import reading
from opora.regulations.presentations.entries import PresentationChoice, PresentationSection

from .models import Presentation
from .models import PresentationSection as SectionRow
from .sheet import asked_sections, law_of


@dataclass(frozen=True)
class Wording:
    """One wording to tick; `key` is how it is kept, `text` how it reads for this child."""

    key: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """A choice of wordings as the page shows it."""

    entry: PresentationChoice
    title: str
    wordings: list[Wording]


@dataclass(frozen=True)
class Part:
    """A section on the page; `heading` is the caption above it when a new run of sections begins."""

    asked: PresentationSection
    section: SectionRow
    choices: list[Choice]
    heading: str
    has_earlier: bool

    @property
    def hint(self) -> str:
        return "; ".join(self.asked.items)

    @property
    def legend_repeats(self) -> bool:
        """A single choice that is called as its section needs no caption of its own on the screen."""
        return len(self.choices) == 1 and self.choices[0].title in (self.asked.title, "")


def parts_of(presentation: Presentation) -> list[Part]:
    """Sections in the order of the edition; two queries."""
    rows = {one.code: one for one in presentation.sections.select_related("user")}
    ids = [one.public_id for one in rows.values()]
    earlier = EarlierText.objects.filter(organisation_id=presentation.organisation_id, section_id__in=ids)
    written_over = set(earlier.values_list("section_id", flat=True))
    return list(_parts(presentation, rows, written_over))


def _parts(presentation: Presentation, rows: dict[str, SectionRow], written_over: set[str]) -> Iterator[Part]:
    last = ""
    for asked in asked_sections(presentation):
        row = rows.get(asked.code)
        if row is None:
            continue
        heading = asked.part if asked.part != last else ""
        last = asked.part
        yield Part(asked, row, choices_of(presentation, row), heading, row.public_id in written_over)


def choices_of(presentation: Presentation, row: SectionRow) -> list[Choice]:
    """The choices of a section with what is ticked."""
    sex = presentation.child.sex
    return [
        Choice(
            entry,
            reading.gendered(entry.title, sex),
            [
                Wording(
                    reading.key(entry, code), _shown(entry, code, text, sex), reading.key(entry, code) in row.chosen
                )
                for code, text in entry.wordings.items()
            ],
        )
        for entry in reading.choices(law_of(presentation), row.code, presentation.stage)
    ]


YES_OR_NO = {"yes": "да", "no": "нет"}


def _shown(entry: PresentationChoice, code: str, text: str, sex: str) -> str:
    """How a wording is offered: an answer to a question of the letter as «да» or «нет», any other in full."""
    full = reading.gendered(text, sex)
    return full if entry.is_law else YES_OR_NO.get(code, full)
