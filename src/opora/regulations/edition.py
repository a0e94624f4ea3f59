"""The editions of the law: `edition_for(day)` and `edition(code)` give an `Edition`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from opora.regulations import assembling
from opora.regulations import entries as e

EDITIONS_DIR = Path(__file__).parent / "editions"
T = TypeVar("T", bound=e.Entry)
P = TypeVar("P")


@dataclass(frozen=True)
class Edition:
    """What holds at one time. A case keeps the `code` of the edition that it was opened under."""

    code: str
    title: str
    clause: str
    valid_from: date
    tables: Mapping[str, Mapping[str, e.Entry]]
    unverified: tuple[e.Unverified, ...]
    """Parameters to be checked against the official text; the edition does not rest on them."""

    def entries(self, table: str, kind: type[T]) -> tuple[T, ...]:
        """All entries of a table in their order."""
        return self.prepared(f"entries.{table}.{kind.__name__}", lambda law: law._ordered(table, kind))

    def _ordered(self, table: str, kind: type[T]) -> tuple[T, ...]:
        found = tuple(entry for entry in self.tables.get(table, {}).values() if isinstance(entry, kind))
        return tuple(sorted(found, key=lambda entry: getattr(entry, "order", getattr(entry, "number", 0))))

    def entry(self, table: str, kind: type[T], code: str) -> T:
        """One entry of a table; KeyError when there is none."""
        entry = self.tables.get(table, {}).get(code)
        if not isinstance(entry, kind):
            raise KeyError(f"edition {self.code} has no {table} {code!r}")
        return entry

    def prepared(self, name: str, build: Callable[[Edition], P]) -> P:
        """What rules make of the edition once and ask often; `name` is that of the asking module."""
        if name not in self._prepared:
            self._prepared[name] = build(self)
        return cast(P, self._prepared[name])

    @cached_property
    def _prepared(self) -> dict[str, Any]:
        return {}

    @property
    def papers(self) -> tuple[e.PaperRequirement, ...]:
        """Every paper of 2.1 and 2.14 in the order of the card."""
        return self.entries("paper", e.PaperRequirement)

    def paper(self, code: str) -> e.PaperRequirement:
        """A paper by its code; KeyError when there is none."""
        return self.entry("paper", e.PaperRequirement, code)

    def papers_for(self, facts: e.PaperFacts) -> tuple[e.PaperRequirement, ...]:
        """The papers of one case in the order of the card, with those of the commission (P-02, P-27)."""
        return tuple(paper for paper in self.papers if paper.applies_to(facts))

    def parent_papers_for(self, facts: e.PaperFacts) -> tuple[e.PaperRequirement, ...]:
        """The papers that a parent brings or signs: `papers_for` without those that the commission makes."""
        return tuple(paper for paper in self.papers_for(facts) if not paper.of_commission)

    @property
    def protocol_lines(self) -> tuple[e.ProtocolPaperLine, ...]:
        """The lines of section 6 of the protocol 2.15."""
        return self.entries("protocol_line", e.ProtocolPaperLine)

    @property
    def categories(self) -> tuple[e.Category, ...]:
        """Categories of children in the order of the letter."""
        return self.entries("category", e.Category)

    @property
    def levels(self) -> tuple[e.Level, ...]:
        """Levels of education from early help upwards."""
        return self.entries("level", e.Level)

    @property
    def programmes(self) -> tuple[e.ProgrammeVariant, ...]:
        """All programmes in the order of the file: the 28 codes first."""
        return self.entries("programme", e.ProgrammeVariant)

    @property
    def variants(self) -> tuple[e.ProgrammeVariant, ...]:
        """The coded variants alone: 1.1 … 8.4 and the two of order 1599 (P-19)."""
        return tuple(programme for programme in self.programmes if programme.kind == "variant")

    def programme(self, code: str) -> e.ProgrammeVariant:
        """A programme by its code; KeyError when there is none."""
        return self.entry("programme", e.ProgrammeVariant, code)

    def programme_wording(self, code: str, orientation: str = "", individual_plan: bool = False) -> str:
        """Section 1 of a conclusion in words.

        `orientation` is the code of the variant that an oriented programme leans on; without it such a
        programme raises ValueError. `individual_plan` adds the individual study plan.
        """
        chosen = self.programme(code)
        wording = chosen.title
        if chosen.needs_orientation:
            if not orientation:
                raise ValueError("the programme needs the code that it is oriented to")
            wording = wording.replace("{variant}", self.programme(orientation).short)
        return f"{wording}, по индивидуальному учебному плану" if individual_plan else wording

    def term(self, code: str) -> e.Term:
        """A term by its code; KeyError when there is none."""
        return self.entry("term", e.Term, code)

    @property
    def terms(self) -> tuple[e.Term, ...]:
        """All terms."""
        return self.entries("term", e.Term)

    @property
    def specialities(self) -> tuple[e.Speciality, ...]:
        """Specialities in the order of the signatures of 2.15."""
        return self.entries("speciality", e.Speciality)

    def speciality(self, code: str) -> e.Speciality:
        """A speciality by its code; KeyError when there is none."""
        return self.entry("speciality", e.Speciality, code)

    def sheet(self, speciality: str) -> e.Sheet:
        """The sheet that a specialist fills, with its sections in order (P-12)."""
        sheet = self.entry("sheet", e.Sheet, self.speciality(speciality).sheet)
        sections = self.entries("sheet_section", e.SheetSection)
        return replace(sheet, sections=tuple(item for item in sections if sheet.code in item.sheets))

    @property
    def protocol_sections(self) -> tuple[e.ProtocolSection, ...]:
        """The sections of the protocol 2.15 in order (P-17)."""
        return self.entries("protocol_section", e.ProtocolSection)

    @cached_property
    def conclusion_sections(self) -> tuple[e.ConclusionSection, ...]:
        """The sections of the conclusion 2.16 in order, with their fields (P-18)."""
        fields = self.entries("field", e.ConclusionField)
        return tuple(
            replace(section, fields=tuple(item for item in fields if item.section == section.code))
            for section in self.entries("section", e.ConclusionSection)
        )

    def conclusion_section(self, code: str) -> e.ConclusionSection:
        """A section of the conclusion by its code; KeyError when there is none."""
        try:
            return self._sections_by_code[code]
        except KeyError:
            raise KeyError(f"edition {self.code} has no section {code!r}") from None

    @cached_property
    def _sections_by_code(self) -> Mapping[str, e.ConclusionSection]:
        return {section.code: section for section in self.conclusion_sections}

    @property
    def vocabularies(self) -> tuple[e.Vocabulary, ...]:
        """All vocabularies."""
        return self.entries("vocabulary", e.Vocabulary)

    def vocabulary(self, code: str) -> e.Vocabulary:
        """A vocabulary by its code; KeyError when there is none."""
        return self.entry("vocabulary", e.Vocabulary, code)

    @property
    def icd10(self) -> Mapping[str, e.Icd10Code]:
        """The codes that are offered; any other well-formed code may be typed."""
        return cast(Mapping[str, e.Icd10Code], self.tables.get("block", {}))

    def icd10_search(self, text: str, limit: int = 20) -> tuple[e.Icd10Code, ...]:
        """Codes that begin with a text, then those whose caption holds each of its words; ё equals е."""
        return assembling.search_codes(self.icd10.values(), text, limit)

    def confirm(self, table: str, code: str, **changes: object) -> Edition:
        """The edition with an unverified entry settled by the official text, as an organisation enters it.

        `changes` are fields of the entry (a term takes `value`, `clause`, …). An entry that the predecessor had not
        is taken as it was recalled, with the changes; a question without values only leaves the list of doubts.
        KeyError for an unknown entry, TypeError for a field that the entry has not, ValueError without a clause.
        """
        if not str(changes.get("clause", "")).strip():
            raise ValueError("a confirmed value needs its clause")
        doubt = self.doubt(table, code)
        left = tuple(item for item in self.unverified if item is not doubt)
        if doubt is not None and doubt.table == "question":
            return replace(self, unverified=left)
        known = self.tables.get(table, {}).get(code) or (doubt.proposed if doubt else None)
        if known is None:
            raise KeyError(f"edition {self.code} has no {table} {code!r}")
        settled = replace(known, **cast(Any, {"source": "act", **changes}))
        tables = {**self.tables, table: {**self.tables.get(table, {}), code: settled}}
        return replace(self, tables=tables, unverified=left)

    def doubt(self, table: str, code: str) -> e.Unverified | None:
        """What of an entry nobody has checked against the official text; None when there is nothing."""
        return next((item for item in self.unverified if (item.table, item.code) == (table, code)), None)

    @property
    def everything(self) -> Iterable[e.Entry]:
        """Every entry of every table, for pages that show the edition whole (P-33)."""
        return (entry for table in self.tables.values() for entry in table.values())


@lru_cache(maxsize=1)
def _heads() -> tuple[assembling.Head, ...]:
    return assembling.read_heads(EDITIONS_DIR)


@lru_cache(maxsize=32)
def _load(directory: Path, code: str, stage: date) -> Edition:
    head, tables, unverified = assembling.assemble(directory, code, stage)
    return Edition(head.code, head.title, head.clause, head.valid_from, tables, unverified)


def edition_codes() -> tuple[str, ...]:
    """Codes of the known editions, oldest first."""
    return tuple(head.code for head in _heads())


def edition(code: str, on: date | None = None) -> Edition:
    """An edition by its code, with those of its dated parameters that hold on a day, or with all of them.

    Raises KeyError for an unknown code, `RegulationError` when a file of the edition is wrong.
    """
    if code not in edition_codes():
        raise KeyError(f"no edition {code!r}; known: {', '.join(edition_codes())}")
    return _load(EDITIONS_DIR, code, assembling.stage_of(EDITIONS_DIR, code, on))


def edition_for(on: date) -> Edition:
    """The edition in force on a day, with the dated parameters of that day.

    Raises LookupError for a day before the first edition.
    """
    in_force = [head for head in _heads() if head.valid_from <= on]
    if not in_force:
        raise LookupError(f"no edition of the law is in force on {on.isoformat()}")
    return edition(in_force[-1].code, on)
