"""What pages and papers ask of the statute of the service: directions, rows, sums, sections, norms. All pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opora.regulations.edition import Edition
from opora.regulations.service.entries import (
    AnalysisSectionRule,
    GroupLimitRule,
    HourNormRule,
    PassportRowRule,
    PassportSection,
    PassportSum,
    PlanColumn,
    PlanKind,
    ServiceDirection,
    ServicePaper,
)

Counts = Mapping[str, int]
"""Counter (`families`, `children`, `pupils`) -> figure of one row."""


def service_directions(law: Edition) -> tuple[ServiceDirection, ...]:
    """The four directions of work."""
    return law.entries("service_direction", ServiceDirection)


def service_papers(law: Edition) -> tuple[ServicePaper, ...]:
    """Papers that are the same for all specialists."""
    return law.entries("service_paper", ServicePaper)


def plan_kinds(law: Edition) -> tuple[PlanKind, ...]:
    """Plans by their term, the longest first."""
    return law.entries("plan_kind", PlanKind)


def plan_columns(law: Edition) -> tuple[PlanColumn, ...]:
    """Columns of a printed plan."""
    return law.entries("plan_column", PlanColumn)


def passport_sections(law: Edition) -> tuple[PassportSection, ...]:
    """Parts of the social passport in their order."""
    return law.entries("passport_section", PassportSection)


def passport_rows(law: Edition) -> tuple[PassportRowRule, ...]:
    """Rows of the social passport in the order of the paper."""
    return law.entries("passport_row", PassportRowRule)


def passport_sums(law: Edition) -> tuple[PassportSum, ...]:
    """Which rows have to add up to which."""
    return law.entries("passport_sum", PassportSum)


def analysis_sections(law: Edition) -> tuple[AnalysisSectionRule, ...]:
    """Sections of the year's analysis."""
    return law.entries("analysis_section", AnalysisSectionRule)


def hour_norms(law: Edition) -> tuple[HourNormRule, ...]:
    """Hours of a full rate by speciality, recalled and not compared with the act."""
    return law.entries("hour_norm", HourNormRule)


def group_limits(law: Edition, speciality: str = "") -> tuple[GroupLimitRule, ...]:
    """How many children groups hold: those of any specialist and, when one is given, of this speciality."""
    every = law.entries("group_limit", GroupLimitRule)
    return tuple(one for one in every if not one.speciality or one.speciality == speciality or not speciality)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A row that does not agree with its parts in one counter; `difference` is parts minus total."""

    rule: PassportSum
    counter: str
    row: str
    total: int
    parts: int

    @property
    def difference(self) -> int:
        return self.parts - self.total


def passport_mismatches(law: Edition, figures: Mapping[str, Counts]) -> tuple[Mismatch, ...]:
    """Every place where figures (code of a row -> counters) do not add up, in the order of the sums.

    A sum is asked only where its total and all of its parts (for `at_most`: the part) are counted.
    """
    return tuple(found for rule in passport_sums(law) for found in _mismatches(rule, figures))


def _mismatches(rule: PassportSum, figures: Mapping[str, Counts]) -> Iterator[Mismatch]:
    total = figures.get(rule.total)
    known = {code: figures[code] for code in rule.parts if code in figures}
    if total is None:
        return
    for counter in rule.counters:
        whole = total.get(counter, 0)
        if rule.kind == "at_most":
            for code, counts in known.items():
                if counts.get(counter, 0) > whole:
                    yield Mismatch(rule, counter, code, whole, counts.get(counter, 0))
        elif len(known) == len(rule.parts):
            parts = sum(counts.get(counter, 0) for counts in known.values())
            if parts != whole:
                yield Mismatch(rule, counter, rule.total, whole, parts)
