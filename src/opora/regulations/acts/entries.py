"""What an act is: a document of annex 1 of the letter or a later one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.regulations.entries import Entry

STATUSES = {
    "in_force": "действует",
    "repealed": "утратил силу",
    "replaced": "заменён другим документом",
    "unverified": "действие не сверено",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Entry):
    """A document of the register; `title` is its full official name with date and number.

    `short` is how clauses and pages call it; `group`: annex_1 (a document of annex 1) | letter | later | other.
    `signed` is its date, `since` the day from which it holds when that is known, `until` its last day. `status` is one
    of `STATUSES`; `replaced_by` the code of the act that took its place, if that act is in the register. `marks` are
    the words by which a clause names it, besides its number.
    """

    order: int
    short: str
    group: str
    number: str
    signed: date | None
    since: date | None
    until: date | None
    status: str
    replaced_by: str
    marks: tuple[str, ...]
