"""When the child comes to the commission again: each demand of the law and the earliest day (P-22)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from opora.regulations.edition import Edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.predicates import all_hold
from opora.regulations.reasons import Reason
from opora.regulations.reexamination.entries import ReexaminationRule, Reminder
from opora.regulations.reexamination.school_days import Calendar, calendar_of, count, last_day
from opora.regulations.special.audiences import Membership, any_holds, membership

ON_REQUEST = "on_request"


@dataclass(frozen=True, slots=True)
class Demand:
    """One rule that speaks of the next examination.

    `day` is the last day it allows (None: it names no day, or facts `missing` are needed to count it), `wording` a
    code of the vocabulary `reexamination_wording`, `text` the wording in words, `counted` how the day was found.
    `conditional`: the rule asks for an examination only if difficulties last.
    """

    day: date | None
    wording: str
    text: str
    reason: Reason
    counted: str = ""
    conditional: bool = False
    missing: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "day": self.day.isoformat() if self.day else None,
            "wording": self.wording,
            "text": self.text,
            "counted": self.counted,
            "conditional": self.conditional,
            "missing": [*self.missing],
            "reason": self.reason.as_json(),
        }


@dataclass(frozen=True, slots=True)
class NextExamination:
    """The answer: `day` is the earliest day of all `demands` (None: none names a day), `wording` and `text` are those
    of the demand that gives it. `latest` is the earliest day that law alone demands."""

    day: date | None
    wording: str
    text: str
    demands: tuple[Demand, ...]

    @property
    def latest(self) -> date | None:
        """The earliest day that law demands; practice does not count."""
        return min((one.day for one in self.demands if one.day and one.reason.is_law), default=None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts without which some day could not be counted."""
        return tuple(dict.fromkeys(code for one in self.demands for code in one.missing))

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "day": self.day.isoformat() if self.day else None,
            "latest": self.latest.isoformat() if self.latest else None,
            "wording": self.wording,
            "text": self.text,
            "demands": [one.as_json() for one in self.demands],
            "missing": [*self.missing],
        }


def next_examination(facts: CaseFacts, school_year: date | None = None) -> NextExamination:
    """The term of the next examination; `school_year` is the first day of learning by the programme under discussion,
    when it is known better than the rules can tell."""
    rules, words = facts.law.prepared(__name__, _prepared)
    belongs, known = membership(facts), calendar_of(facts, school_year)
    found = [(rule, why) for rule in rules if not rule.fallback and (why := _fits(rule, facts, belongs)) is not None]
    demands = [_demand(rule, why, known, words) for rule, why in found or [(one, ()) for one in rules if one.fallback]]
    demands.sort(key=lambda one: one.day or date.max)
    first = demands[0]
    return NextExamination(first.day, first.wording, first.text, tuple(demands))


def _prepared(law: Edition) -> tuple[tuple[ReexaminationRule, ...], Mapping[str, str]]:
    wordings = {choice.code: choice.title for choice in law.vocabulary("reexamination_wording").choices}
    return law.entries("reexamination_rule", ReexaminationRule), wordings


def _fits(rule: ReexaminationRule, facts: CaseFacts, belongs: Membership) -> tuple[str, ...] | None:
    """The facts by which a rule speaks of the child, or None."""
    why: tuple[str, ...] = ()
    if rule.audience:
        fact = belongs.fact(rule.audience)
        if fact is None:
            return None
        why = (fact,)
    if not all_hold(rule.when, facts) or any_holds(rule.unless, facts):
        return None
    return (*why, *(one.fact for one in rule.when))


def _demand(rule: ReexaminationRule, why: tuple[str, ...], known: Calendar | None, words: Mapping[str, str]) -> Demand:
    counted = count(rule, known)
    based = tuple(dict.fromkeys((*why, *counted.facts)))
    wording = ON_REQUEST if counted.met else rule.wording
    return Demand(
        day=counted.day,
        wording=wording,
        text=words[wording],
        reason=Reason(rule.code, rule.title, rule.clause, based, rule.note, rule.is_law),
        counted=counted.how,
        conditional=rule.conditional,
        missing=counted.missing,
    )


def reminders(law: Edition, day: date) -> tuple[date, ...]:
    """Days on which somebody is reminded of an examination that is due on `day`, earliest first."""
    return tuple(sorted(_before(day, one) for one in law.entries("reminder", Reminder)))


def _before(day: date, reminder: Reminder) -> date:
    if reminder.unit == "calendar_days":
        return day - timedelta(days=reminder.value)
    year, month = divmod(day.year * 12 + day.month - 1 - reminder.value, 12)
    return min(last_day(year, month + 1), date(year, month + 1, 1) + timedelta(days=day.day - 1))
