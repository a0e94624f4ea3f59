"""What the rooms of a school ask of the law of the consilium."""

from __future__ import annotations

from opora.regulations.consilium.entries import ConsiliumChoice, ConsiliumSection, ConsiliumTerm, JournalColumn
from opora.regulations.edition import Edition


def sections_of(law: Edition, kind: str = "") -> tuple[ConsiliumSection, ...]:
    """Sections of the talk about a child in their order; of one kind, or all of them."""
    return tuple(one for one in law.entries("consilium_section", ConsiliumSection) if kind in ("", one.kind))


def choices_of(law: Edition, table: str) -> tuple[ConsiliumChoice, ...]:
    """The values of one list (`consilium_outcome`, `consilium_ground` …) in order."""
    return law.entries(table, ConsiliumChoice)


def title_of(law: Edition, table: str, code: str) -> str:
    """The caption of a chosen value, or an empty text when nothing was chosen. KeyError for an unknown code."""
    return law.entry(table, ConsiliumChoice, code).title if code else ""


def term_of(law: Edition, code: str) -> ConsiliumTerm:
    """A usual term. KeyError for an unknown one."""
    return law.entry("consilium_term", ConsiliumTerm, code)


def columns_of(law: Edition, journal: str) -> tuple[JournalColumn, ...]:
    """The columns of a journal (meetings, opinions, referrals) in order."""
    return tuple(one for one in law.entries("journal_column", JournalColumn) if one.journal == journal)


def quorum_of(percent: int, members: int) -> int:
    """How many members must be present: the share of the composition, rounded up, at least one.

    51 % of seven is four: the rule means more than a half.
    """
    return max(1, -(-members * percent // 100))
