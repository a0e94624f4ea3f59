"""Counting whole epicrisis terms between the age that a line of development has reached and the child's age.

The terms are laid back from the child's age: months in the first year of life, quarters in the second, half-years in
the third, years after it. A term is as long as the year of life in which it ends; what is left over is dropped, so
that the count is the greatest number of whole terms that fit. An older child, or a lower reached age, never has fewer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from opora.regulations.calendar import age_on
from opora.regulations.edition import Edition
from opora.regulations.lag.answers import LagAnswer, LagError, LineLag, Step
from opora.regulations.lag.entries import DevelopmentLine, EpicrisisTerm, LagLimit, LagMeaning
from opora.regulations.lag.wording import corrected_words, plain_reason, sentence_of, summed, terms_words
from opora.regulations.reasons import Reason


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the edition says, prepared once."""

    lines: tuple[DevelopmentLine, ...]
    terms: tuple[EpicrisisTerm, ...]
    meanings: tuple[LagMeaning, ...]
    limits: Mapping[str, LagLimit]

    def length(self, month: int) -> int:
        """The term that ends at an age of `month` whole months: 12 months still belong to the first year."""
        return next(term.months for term in self.terms if month <= term.until_months)

    def length_begun(self, month: int) -> int:
        """The term of the year of life that is lived at this age: at 12 months the second year has begun."""
        return next(term.months for term in self.terms if month < term.until_months)

    def meaning(self, terms: int) -> LagMeaning:
        """What so many terms mean."""
        return max((one for one in self.meanings if one.terms <= terms), key=lambda one: one.terms)


def _prepare(law: Edition) -> _Rules:
    return _Rules(
        law.entries("development_line", DevelopmentLine),
        tuple(sorted(law.entries("epicrisis_term", EpicrisisTerm), key=lambda one: one.until_months)),
        law.entries("lag_meaning", LagMeaning),
        {one.code: one for one in law.entries("lag_limit", LagLimit)},
    )


def _rules(law: Edition) -> _Rules:
    return law.prepared(__name__, _prepare)


def development_lines(law: Edition) -> tuple[DevelopmentLine, ...]:
    """The lines of development in order."""
    return _rules(law).lines


def limit(law: Edition, code: str) -> LagLimit:
    """A limit by its code; KeyError when there is none."""
    return _rules(law).limits[code]


def whole_terms(law: Edition, reached: int, age: int) -> tuple[Step, ...]:
    """The whole terms that fit between two ages in months, the latest first; none when the child is not behind."""
    rules = _rules(law)
    most = {reached: 0}
    for month in range(reached + 1, age + 1):
        before = month - rules.length(month)
        most[month] = max(most[month - 1], most[before] + 1 if before >= reached else 0)
    steps, month = [], age
    while month > reached:
        before = month - rules.length(month)
        if before >= reached and most[month] == most[before] + 1:
            steps.append(Step(month, before))
            month = before
        else:
            month -= 1
    return tuple(steps)


def lag_of(law: Edition, born: date, on: date, lines: Mapping[str, Any], weeks_of_birth: Any = None) -> LagAnswer:
    """The lag on a day: `lines` maps a line of development to the age in months that it has reached, or None.

    `weeks_of_birth` is the week of pregnancy of the birth, if known. All lines are judged or none (section 2: «оценка
    проводится по всем линиям развития»); what lacks or is wrong is named.
    """
    rules = _rules(law)
    if on < born:
        return LagAnswer("wrong", None, None, errors=(LagError("on", "День обследования раньше дня рождения."),))
    age = age_on(born, on).total_months
    reached, errors = lines_read(law, lines)
    weeks, weeks_error = weeks_read(law, weeks_of_birth)
    corrected = _corrected(rules, born, on, age, weeks)
    if age >= rules.limits["admissible_until"].value:
        return LagAnswer("other_scale", age, None, warnings=(plain_reason(rules.limits["admissible_until"]),))
    warnings = _warnings(rules, age, corrected)
    if errors or weeks_error:
        return LagAnswer("wrong", age, corrected, errors=(*errors, *weeks_error), warnings=warnings)
    missing = tuple((one.code, one.title) for one in rules.lines if one.code not in reached)
    if missing:
        return LagAnswer("incomplete", age, corrected, missing=missing, warnings=warnings)
    counted = tuple(_line(law, one, reached[one.code], age, corrected) for one in rules.lines)
    pattern, severity, name = summed(law, counted, rules.meaning(max(one.terms for one in counted)))
    return LagAnswer(
        "complete", age, corrected, counted, pattern=pattern, severity=severity, name=name, warnings=warnings,
        sentence=sentence_of(law, age, corrected, counted, pattern, severity, name)
        + _by_corrected_age(law, counted, corrected, (pattern, severity, name)),
    )  # fmt: skip


def lines_read(law: Edition, lines: Mapping[str, Any]) -> tuple[dict[str, int], tuple[LagError, ...]]:
    """Reached ages in months as they are counted and what could not be taken; empty ones are left out."""
    rules = _rules(law)
    known, highest = {one.code for one in rules.lines}, rules.limits["reached_until"].value
    found: dict[str, int] = {}
    errors = []
    for code, given in lines.items():
        if code not in known:
            errors.append(LagError(code, "Такой линии развития нет."))
            continue
        if given is None or given == "":
            continue
        months = _whole(given, 0, highest)
        if months is None:
            errors.append(LagError(code, f"Нужен возраст в полных месяцах: целое число от 0 до {highest}."))
        else:
            found[code] = months
    return found, tuple(errors)


def weeks_read(law: Edition, given: Any) -> tuple[int | None, tuple[LagError, ...]]:
    """The week of pregnancy of the birth, or None when nobody knows it."""
    rules = _rules(law)
    if given is None or given == "":
        return None, ()
    least, most = rules.limits["earliest_weeks"].value, rules.limits["latest_weeks"].value
    weeks = _whole(given, least, most)
    if weeks is None:
        return None, (LagError("weeks_of_birth", f"Нужен срок в полных неделях: целое число от {least} до {most}."),)
    return weeks, ()


def _whole(given: Any, least: int, most: int) -> int | None:
    text = str(given).strip()
    if isinstance(given, bool) or not text.isascii() or not text.isdecimal() or len(text) > 4:
        return None
    return int(text) if least <= int(text) <= most else None


def _corrected(rules: _Rules, born: date, on: date, age: int, weeks: int | None) -> int | None:
    """The corrected age in whole months of a child born before the time; None when there is nothing to correct."""
    limits = rules.limits
    if weeks is None or weeks >= limits["premature_before"].value or age >= limits["corrected_until"].value:
        return None
    due = born + timedelta(weeks=limits["full_term"].value - weeks)
    return age_on(due, on).total_months if on >= due else 0


def _warnings(rules: _Rules, age: int, corrected: int | None) -> tuple[Reason, ...]:
    found = []
    if age > rules.limits["until"].value:
        found.append(plain_reason(rules.limits["until"]))
    if corrected is not None:
        found.append(plain_reason(rules.limits["premature_before"]))
    return tuple(found)


def _by_corrected_age(
    law: Edition, lines: tuple[LineLag, ...], corrected: int | None, said: tuple[Reason | None, ...]
) -> str:
    """What follows in sum by the corrected age, beside what follows by the calendar one; empty when it is the same."""
    if corrected is None:
        return ""
    again = tuple(replace(one, terms=one.corrected_terms or 0) for one in lines)
    found = summed(law, again, _rules(law).meaning(max(one.terms for one in again)))
    if [one and one.code for one in found] == [one and one.code for one in said]:
        return ""
    return " ".join((" С поправкой на недоношенность:", *(one.text for one in found if one is not None)))


def _line(law: Edition, line: DevelopmentLine, reached: int, age: int, corrected: int | None) -> LineLag:
    rules = _rules(law)
    steps = whole_terms(law, reached, age)
    other = max(age - reached, 0) // rules.length_begun(age)
    by_corrected = None if corrected is None else len(whole_terms(law, reached, corrected))
    meaning, second = rules.meaning(len(steps)), rules.meaning(other)
    reading = ""
    if second.code != meaning.code:
        reading = (
            f"Письмо допускает два чтения: если мерить всё отставание сроком того года жизни, который идёт, выйдет "
            f"{terms_words(other)} — {second.title}."
        )
    return LineLag(
        line.code, line.title, line.sphere, reached, len(steps), steps, other, by_corrected, reached > age,
        Reason(meaning.code, meaning.title, meaning.clause, note=reading),
        reading, "" if by_corrected is None else corrected_words(by_corrected, rules.meaning(by_corrected).title),
    )  # fmt: skip
