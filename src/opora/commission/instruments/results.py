"""What the rules say of the answers of one record; nothing is stored, all is computed anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from opora.commission.editions.laws import law_of
from opora.commission.examinations.models import Examination
from opora.foundation.accounts.actors import Actor
from opora.regulations.calendar import age_on
from opora.regulations.edition import Edition
from opora.regulations.instruments.reading import instrument, instruments_for
from opora.regulations.instruments.scoring import Score, score
from opora.regulations.lag.answers import LagAnswer
from opora.regulations.lag.counting import lag_of, limit
from opora.regulations.lag.wording import age_words, terms_words

from .models import ScoredInstrument

LAG = "lag"
WEEKS = "weeks_of_birth"
LAG_TITLE = "Отставание в эпикризных сроках"
LAG_CLAUSE = "письмо ВК-1074/07, разд.\u00a02, «Ранняя помощь»"
Result = Score | LagAnswer


@dataclass(frozen=True)
class Subject:
    """A child on the day of an examination under the edition of its case."""

    law: Edition
    born: date
    on: date
    speciality: str

    @property
    def age_months(self) -> int | None:
        """Whole months of life; None when the dates contradict each other."""
        return age_on(self.born, self.on).total_months if self.born <= self.on else None


def subject_of(examination: Examination) -> Subject:
    """The child of an examination: `examination` comes with its case, child, visit and session."""
    case = examination.case
    return Subject(law_of(case), case.child.birth_date, examination.visit.session.day, examination.speciality)


def title_of(law: Edition, code: str) -> str:
    """The full title of an instrument; KeyError for an unknown one."""
    return LAG_TITLE if code == LAG else instrument(law, code).title


def clause_of(law: Edition, code: str) -> str:
    """Where it is written; KeyError for an unknown one."""
    return LAG_CLAUSE if code == LAG else instrument(law, code).clause


def offered_codes(subject: Subject) -> list[str]:
    """Codes of the instruments that fit the child's age and the specialist, in order."""
    age = subject.age_months
    if age is None:
        return []
    early = [LAG] if age < limit(subject.law, "admissible_until").value else []
    return [*early, *(one.code for one in instruments_for(subject.law, subject.speciality, age))]


def is_known(subject: Subject, code: str) -> bool:
    """Whether the specialist of the sheet has such an instrument at all, for a child of any age."""
    if code == LAG:
        return True
    try:
        return subject.speciality in instrument(subject.law, code).specialities
    except KeyError:
        return False


def result_of(subject: Subject, code: str, answers: Mapping[str, Any]) -> Result:
    """Score the answers; KeyError for an unknown instrument."""
    if code == LAG:
        lines = {name: value for name, value in answers.items() if name != WEEKS}
        return lag_of(subject.law, subject.born, subject.on, lines, answers.get(WEEKS))
    return score(subject.law, code, answers, subject.age_months)


def brief(result: Result) -> str:
    """The result in a few words, for a line of the sheet and for the dynamics."""
    if result.state == "incomplete":
        return f"не закончено: без ответа {len(result.missing)}"
    if result.state == "wrong":
        return "ответы нужно исправить"
    if not result.is_complete:
        return "не для этого возраста"
    if isinstance(result, LagAnswer):
        worst = max(one.terms for one in result.lines)
        return f"наибольшее отставание — {terms_words(worst)}" if worst else "отставания на целый срок нет"
    if result.profile:
        marks = [one.value for one in result.profile]
        return f"профиль: баллы от {min(marks)} до {max(marks)}"
    return f"сумма баллов — {result.total}"


@dataclass(frozen=True)
class Filled:
    """A record with what the rules say of it."""

    record: ScoredInstrument
    result: Result

    @property
    def words(self) -> str:
        return brief(self.result)


def dynamics(actor: Actor, examination: Examination, code: str) -> list[Filled]:
    """The complete records of the same child and instrument that the actor may see, up to this examination's day."""
    rows = (
        ScoredInstrument.objects.visible_to(actor)
        .of_child(examination.case.child)
        .filter(instrument=code, filled_on__lte=examination.visit.session.day)
        .with_people()
    )
    found = [Filled(row, result_of(subject_of(row.examination), code, row.answers)) for row in rows]
    return [one for one in found if one.result.is_complete]


__all__ = ["LAG", "WEEKS", "Filled", "Result", "Subject", "age_words", "brief", "dynamics", "result_of", "subject_of"]
