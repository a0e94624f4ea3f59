"""The catalogue brought to the sheet: a shelf of offers under each section, and where its lines came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from opora.commission.findings.gathering import Gathered
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.regulations.reasons import Reason
from opora.regulations.reexamination.terms import Demand

from .answers import ANSWERS, BY_CODE, values_of
from .catalogue import Catalogue, Entry, answers_of_demand, blanks_in, grouped, is_taken, iso
from .models import Conclusion, ConclusionSection
from .origins import OriginLine, Origins, origins_of
from .sections import DIRECTION

PLACES_OF_BLOCK: dict[str, list[str]] = {}
for _answer in ANSWERS:
    PLACES_OF_BLOCK.setdefault(_answer.section, []).append(_answer.code)


@dataclass(frozen=True)
class Offered:
    """An offer as it is shown; `is_taken` one cannot be taken again while it stands there."""

    entry: Entry
    is_taken: bool


@dataclass(frozen=True)
class Shelf:
    """Offers of one place: of a text section (`section`), or of the answers of a block. Empty ones are not shown."""

    place: str
    groups: list[tuple[str, list[Offered]]]
    section: ConclusionSection | None = None
    is_open: bool = False

    @property
    def count(self) -> int:
        return sum(len(found) for _, found in self.groups)


@dataclass(frozen=True)
class Traces:
    """Of one text section, or of a block of answers: where its lines came from and what is still to be filled in."""

    place: str
    origins: Origins
    blanks: list[str]


@dataclass(frozen=True)
class Term:
    """A demand of the next examination; `take` is what its button sends."""

    demand: Demand
    take: str
    is_taken: bool


def _phrases(text: str) -> str:
    return text.replace("; ", "\n")


def _with_authors() -> OwnedQuerySet[ConclusionSection]:
    return ConclusionSection.objects.select_related("user")


@dataclass
class Shelves:
    """All of them for one conclusion. `known` is what the case has gathered; without it (advice is switched off)
    there are only traces."""

    conclusion: Conclusion
    known: Gathered | None
    opened: str = ""
    catalogue: Catalogue | None = field(init=False)
    texts: dict[str, ConclusionSection] = field(init=False)
    taken: dict[str, dict[str, str]] = field(init=False)
    values: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        prefetch_related_objects([self.conclusion], Prefetch("sections", _with_authors()))
        self.texts = {one.code: one for one in self.conclusion.sections.all()}
        self.values = values_of(self.conclusion)
        self.catalogue = Catalogue(self.known.facts, self.conclusion) if self.known else None
        self.taken = {}
        for row in self.conclusion.taken.exclude(code=""):
            self.taken.setdefault(row.place, {})[row.code] = row.text

    def of_text(self, code: str) -> Shelf:
        """The shelf of a text section."""
        section = self.texts[code]
        there = self.traces(code).origins.present
        entries = self.catalogue.at((code,)) if self.catalogue else []
        found = [Offered(one, one.code in there or one.text in section.text) for one in entries]
        return self._shelf(code, found, section)

    def of_block(self, code: str) -> Shelf:
        """The shelf of the answers of a block."""
        entries = self.catalogue.at(PLACES_OF_BLOCK.get(code, ())) if self.catalogue else []
        return self._shelf(f"block-{code}", [Offered(one, is_taken(one, self.values)) for one in entries])

    def _shelf(self, place: str, found: Iterable[Offered], section: ConclusionSection | None = None) -> Shelf:
        known = {(one.entry.place, one.entry.code): one for one in found}
        groups = [
            (title, [known[one.place, one.code] for one in entries])
            for title, entries in grouped([one.entry for one in known.values()])
        ]
        return Shelf(place, groups, section, is_open=place == self.opened)

    def traces(self, code: str) -> Traces:
        """Where the lines of a section came from."""
        text = self.texts[code].text
        return Traces(code, origins_of(text, self.taken.get(code, {})), blanks_in(text))

    def traces_of_block(self, code: str) -> Traces:
        """The same for the text answers of a block, each a list of phrases."""
        lines: list[OriginLine] = []
        blanks: list[str] = []
        for place in PLACES_OF_BLOCK.get(code, ()):
            text = self.values[place] if BY_CODE[place].kind == "text" else ""
            taken = {entry: _phrases(one) for entry, one in self.taken.get(place, {}).items()}
            lines += origins_of(_phrases(text), taken).lines
            blanks += blanks_in(text)
        return Traces(f"block-{code}", Origins(tuple(lines)), blanks)

    @property
    def every_trace(self) -> list[Traces]:
        """Traces of the sections and blocks into which something was taken."""
        blocks = dict.fromkeys(BY_CODE[place].section for place in self.taken if place in BY_CODE)
        texts = [self.traces(code) for code in self.texts if code in self.taken]
        return texts + [self.traces_of_block(code) for code in blocks]

    @property
    def summary(self) -> str:
        """All traces in one line, for whoever reads a signed conclusion; empty when nothing was taken."""
        return Origins(tuple(line for one in self.every_trace for line in one.origins.lines)).words

    @property
    def every_shelf(self) -> list[Shelf]:
        """Shelves of all sections and blocks, empty ones too: they take the place of those shown before."""
        return [self.of_text(code) for code in self.texts] + [self.of_block(code) for code in PLACES_OF_BLOCK]

    @property
    def terms(self) -> list[Term]:
        """Demands of the next examination, the one that gives the computed day first."""
        if self.catalogue is None:
            return []
        found = self.catalogue.next
        first = [one for one in found.demands if (one.day, one.wording) == (found.day, found.wording)][:1]
        return [self._term(one) for one in [*first, *(one for one in found.demands if one not in first)]]

    def _term(self, demand: Demand) -> Term:
        answers = answers_of_demand(demand)
        take = f"term:{demand.wording}:{iso(demand.day)}" if demand.wording else ""
        return Term(demand, take, all(self.values[code] == value for code, value in answers.items()))

    @property
    def template(self) -> Reason | None:
        """Why the directions as they are written now are a template."""
        written = {code: one.text for code, one in self.texts.items() if code.startswith(DIRECTION)}
        return self.catalogue.template(written) if self.catalogue else None
