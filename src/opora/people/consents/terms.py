"""By which day processing stops after a withdrawal: the shortest of what the law says and what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.people.law import law_on
from opora.regulations.calendar import last_working_day_of
from opora.regulations.edition import edition_for
from opora.regulations.entries import Term

PROMISED = "consent_withdrawal_stop"
STATUTE = "consent_withdrawal_statute"


@dataclass(frozen=True)
class StopTerm:
    """The last day of the term, and the term that it comes from."""

    on: date
    term: Term

    @property
    def words(self) -> str:
        """«10 рабочих дней» without its noun declined for one: terms are never of one day."""
        return f"{self.term.value} {'рабочих' if self.term.unit == 'working_days' else 'календарных'} дней"


def stop_term(received_on: date, signed_on: date | None = None) -> StopTerm:
    """The term that ends first: of the edition of the day, of its statute, of the blank that was signed.

    Raises LookupError for a day before the first edition.
    """
    law = law_on(received_on)
    known = [one for one in law.terms if one.code in (PROMISED, STATUTE)]
    if signed_on is not None:
        known += _promise(signed_on)
    return min((StopTerm(last_working_day_of(received_on, one.value, one.unit), one) for one in known), key=_order)


def _promise(signed_on: date) -> list[Term]:
    """What the blank of the day promised; a paper older than the first edition promised nothing that we know."""
    try:
        return [edition_for(signed_on).term(PROMISED)]
    except LookupError:
        return []


def _order(one: StopTerm) -> tuple[date, bool]:
    return one.on, one.term.unit != "working_days"


def processing_stops_on(received_on: date, signed_on: date | None = None) -> date:
    """The last day on which processing may still go on after a withdrawal (annexes 2.17 and 2.18)."""
    return stop_term(received_on, signed_on).on
