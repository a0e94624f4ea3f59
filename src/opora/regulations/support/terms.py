"""How long a programme lasts at least, and by which sentence."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from opora.regulations.edition import Edition
from opora.regulations.reasons import Reason
from opora.regulations.support.entries import SupportTerm


@dataclass(frozen=True, slots=True)
class ShortestTerm:
    """`earliest` is the first day on which the programme may end; None: it lasts all the time of study."""

    earliest: date | None
    months: int
    reason: Reason

    def allows(self, ends_on: date | None) -> bool:
        """Whether a programme may end on a day; without a day only one for all the time of study."""
        if ends_on is None:
            return self.earliest is None
        return self.earliest is None or ends_on >= self.earliest


def terms_of(law: Edition) -> tuple[SupportTerm, ...]:
    """The kinds of programmes with their shortest terms."""
    return law.entries("support_term", SupportTerm)


def months_later(day: date, months: int) -> date:
    """The same day after so many months, or the last day of a shorter month."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def term_of(law: Edition, kind: str, starts_on: date, *, for_all_study: bool = False) -> ShortestTerm:
    """The shortest term of a kind of programme that starts on a day.

    Raises KeyError for an unknown kind, ValueError where «all the time of study» is not for this kind.
    """
    term = law.entry("support_term", SupportTerm, kind)
    reason = Reason(term.code, term.title, term.clause, note=term.note, is_law=term.is_law)
    if for_all_study:
        if not term.all_study:
            raise ValueError(f"a programme of the kind {kind!r} has an end")
        return ShortestTerm(None, term.months, reason)
    return ShortestTerm(months_later(starts_on, term.months), term.months, reason)
