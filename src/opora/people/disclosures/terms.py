"""By when a request must be answered. The letter gives no term; the law gives one to the subject's own request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.people.law import law_on
from opora.regulations.calendar import add_working_days

from .models import Disclosure

CODE = "subject_request_answer"


@dataclass(frozen=True)
class AnswerTerm:
    """`working_days` from the receipt; `verified` is false until somebody has compared it with the official text."""

    working_days: int
    clause: str
    verified: bool


def answer_term(on: date) -> AnswerTerm | None:
    """The term of the edition in force on a day; None where the edition knows none."""
    law = law_on(on)
    known = next((one for one in law.terms if one.code == CODE), None)
    if known is not None:
        return AnswerTerm(known.value, known.clause, verified=True)
    recalled = next((one for one in law.unverified if (one.table, one.code) == ("term", CODE)), None)
    return AnswerTerm(int(str(recalled.recalled["value"])), recalled.clause, verified=False) if recalled else None


def due_by_law(ground: str, received_on: date) -> date | None:
    """The last day of the answer to a representative's own request; None for all others."""
    term = answer_term(received_on) if ground == Disclosure.Ground.FAMILY else None
    return add_working_days(received_on, term.working_days) if term else None
