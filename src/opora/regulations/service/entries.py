"""Entries of `service.toml`: what the statute of the support service says, and what practice adds to it."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry

COUNTERS = ("families", "children", "pupils")
SUM_KINDS = ("equal", "at_most")
HORIZONS = ("perspective", "year", "month", "week")
SOURCES_OF_ROWS = frozenset(
    {
        "all", "child.sex", "child.registration", "family.kind", "family.status", "family.children",
        "guardian.education", "prevention", "disability", "limitations",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDirection(Entry):
    """One of the four directions of work, every piece of work stands under one (S-10); `holds` says what it is."""

    order: int
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePaper(Entry):
    """A paper that is the same for all specialists of the service; `approved_by` is a role or empty."""

    order: int
    approved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanKind(Entry):
    """A plan by its term; it grows out of the plan `grows_from`, whose lines meet its days."""

    order: int
    grows_from: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanColumn(Entry):
    """A column of a plan as it is printed."""

    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportSection(Entry):
    """A part of the social passport."""

    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportRowRule(Entry):
    """A row of the social passport, with three counters: families, children in them, children here (S-04).

    `counted_from` names where it is counted («child.sex:male», «family.children:3», «prevention:police»); empty: a
    fact that the class teacher ticks. `of_family`: what is true of one child is true of his brothers and sisters.
    """

    order: int
    section: str
    counted_from: str
    of_family: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportSum(Entry):
    """Rows that add up: the parts together are the total (`equal`), or each of them is no more than it (`at_most`).

    `counters` are those for which it holds.
    """

    order: int
    kind: str
    total: str
    parts: tuple[str, ...]
    counters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisSectionRule(Entry):
    """A section of the year's analysis: `figures` that stand in it, `hint` of what people write; both may be empty."""

    order: int
    figures: tuple[str, ...]
    hint: str
    written: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HourNormRule(Entry):
    """Hours a week of a full rate; its code is a speciality. `direct_hours` of them are work with people."""

    order: int
    week_hours: float
    direct_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLimitRule(Entry):
    """How many children a group of one kind holds, from and to, and how long its lesson lasts, in minutes.

    `speciality` empty: of any specialist. `ages` are whole years, from and to; 0 and 0: any.
    """

    order: int
    speciality: str
    least: int
    most: int
    minutes: int
    age_from: int
    age_to: int
