"""Checks of a conclusion on ГИА before it is signed; what each says stands in `attestation.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opora.regulations.attestation.entries import AttestationCheck, AttestationSubject
from opora.regulations.checks.diagnoses import diagnosis_words, named_diagnosis
from opora.regulations.checks.entries import SEVERITIES
from opora.regulations.checks.subject import Diagnosis, Found
from opora.regulations.checks.texts import Text, plain_of
from opora.regulations.facts.case import CaseFacts
from opora.regulations.predicates import all_hold

_BLANK = re.compile(r"\[указать[^\]]*\]")
EXAMS_FROM = (5, 15)  # month and day: by then the papers must still hold
LAST_MONTH = 2  # of the year of the examination, for giving the conditions
AT_HOME = frozenset({"home", "hospital"})
NOT_AT_SCHOOL = frozenset({"medical", "home"})


@dataclass(frozen=True)
class Drawn:
    """A conclusion as it is drawn up: answers by the codes of the questions, dates as ISO texts.

    `school_texts` are all texts that the school reads; `state` is what the case itself lacks, by the codes of checks.
    """

    facts: CaseFacts
    on: date
    answers: Mapping[str, Any]
    diagnoses: tuple[Diagnosis, ...] = ()
    state: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, code: str) -> Any:
        """An answer, or an empty text."""
        return self.answers.get(code) or ""

    def day(self, code: str) -> date | None:
        """An answer that is a date."""
        return date.fromisoformat(self.get(code)) if self.get(code) else None

    @property
    def year(self) -> int:
        """The year of the examination; 0 while it is not named."""
        return int(self.get("exam_year") or 0)

    @property
    def texts(self) -> dict[str, str]:
        """Typed texts by question."""
        return {code: value for code, value in self.answers.items() if isinstance(value, str)}


def check(drawn: Drawn) -> tuple[Found, ...]:
    """What stands in the way of signing or is worth a look: what blocks first, then warnings, then notes."""
    law, met = drawn.facts.law, _met(drawn)
    found = []
    for one in law.entries("attestation_check", AttestationCheck):
        hits = met.get(one.code, ())
        if one.when and all_hold(one.when, drawn.facts):
            hits = ("",)
        found += [_found(one, words) for words in hits]
    return tuple(sorted(found, key=lambda one: SEVERITIES.index(one.severity)))


def _found(one: AttestationCheck, words: str) -> Found:
    message = one.message.replace("{found}", words)
    return Found(one.code, one.severity, one.title, message, one.clause, one.place, one.note, one.is_law)


def _met(drawn: Drawn) -> dict[str, tuple[str, ...]]:
    """Words found, by the codes of the checks."""
    found: dict[str, tuple[str, ...]] = {code: tuple(words) for code, words in drawn.state.items()}
    for rule in (_unanswered, _ground, _examination, _place, _validity, _texts):
        for code, words in rule(drawn):
            found[code] = (*found.get(code, ()), words)
    return found


Hits = Iterator[tuple[str, str]]
_REQUIRED = {
    "level": "no_level", "exam_year": "no_year", "kinds": "no_kinds", "ground": "no_ground", "place": "no_place",
    "assistant": "no_assistant", "valid_until": "no_validity", "school_contact": "no_contact",
}  # fmt: skip


def _unanswered(drawn: Drawn) -> Hits:
    yield from ((code, "") for question, code in _REQUIRED.items() if not drawn.get(question))
    if not (drawn.get("conditions").strip() or drawn.get("special").strip()):
        yield "no_conditions", ""
    if drawn.get("assistant") == "needed" and not drawn.get("assistant_for").strip():
        yield "no_assistant_deed", ""


def _ground(drawn: Drawn) -> Hits:
    if not drawn.get("ground"):
        return
    dated, until = drawn.day("ground_date"), drawn.day("ground_until")
    if not drawn.get("ground_number").strip() or dated is None:
        yield "no_ground_paper", ""
    if dated is not None and dated > drawn.on:
        yield "future_ground", _short(dated)
    if until is None:
        if not drawn.get("ground_unlimited"):
            yield "no_ground_term", ""
    elif until < drawn.on:
        yield "ground_expired", _short(until)
    elif drawn.year and until < _exams(drawn.year):
        yield "ground_ends_early", _short(until)


def _examination(drawn: Drawn) -> Hits:
    if drawn.year and drawn.year < drawn.on.year:
        yield "past_year", str(drawn.year)
    if drawn.year == drawn.on.year and drawn.on.month > LAST_MONTH:
        yield "after_february", ""
    forms, subjects = drawn.get("subjects") or {}, drawn.facts.law.entries("attestation_subject", AttestationSubject)
    if "exams" not in (drawn.get("kinds") or ()):
        return
    for one in subjects:
        if one.obligatory and not forms.get(one.code):
            yield "no_exam_form", _small(one.title)
        if not one.obligatory and forms.get(one.code) and drawn.get("amount") == "two":
            yield "two_and_more", _small(one.title)
    if drawn.get("level") == "9" and not drawn.get("amount"):
        yield "amount_unasked", ""


def _place(drawn: Drawn) -> Hits:
    if drawn.get("place") in AT_HOME and drawn.get("ground") and drawn.get("ground") not in NOT_AT_SCHOOL:
        yield "place_without_ground", ""


def _validity(drawn: Drawn) -> Hits:
    until = drawn.day("valid_until")
    if until is None:
        return
    if until <= drawn.on:
        yield "past_validity", _short(until)
    elif drawn.year and until < _exams(drawn.year):
        yield "validity_ends_early", _short(until)


def _texts(drawn: Drawn) -> Hits:
    forbidden = diagnosis_words(drawn.diagnoses, "")
    for words in _distinct(one for text in drawn.texts.values() for one in _BLANK.findall(text)):
        yield "unfilled", words
    named = (named_diagnosis(Text(code, "", "", text, plain_of(text)), forbidden) for code, text in drawn.texts.items())
    for words in _distinct(named):
        yield "names_diagnosis", words


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, words)))


def _exams(year: int) -> date:
    return date(year, *EXAMS_FROM)


def _short(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
