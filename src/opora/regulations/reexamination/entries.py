"""Entries of `reexamination.toml`: rules of the next examination, numbers of the school calendar, reminders."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry
from opora.regulations.predicates import Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class ReexaminationRule(Entry):
    """What one clause says of the next examination (P-22); `title` is its sentence.

    It speaks of the `audience` (none: of all) when all of `when` hold and none of `unless` does. `wording` is a code
    of the vocabulary `reexamination_wording`; `counts` names the way the last day is found, with a number of the
    edition (`term`) where it needs one. `prolonged`: programmes with a year more of primary school. `conditional`: an
    examination is asked for only if difficulties last or somebody wishes it. `fallback`: for when no other speaks.
    """

    order: int
    audience: tuple[str, ...]
    when: tuple[Predicate, ...]
    unless: tuple[Predicate, ...]
    wording: str
    counts: str
    term: str
    prolonged: tuple[str, ...]
    conditional: bool
    fallback: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolNumber(Entry):
    """A number of the school calendar: a month, a class, an age in months."""

    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(Entry):
    """How long before the day somebody is reminded: `value` in `unit` (months | calendar_days)."""

    value: int
    unit: str
