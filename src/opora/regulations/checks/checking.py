"""Checks before signing (P-23): `check(subject)` says all that is in the way or worth a look, most serious first.

The list is `checks.toml` of the edition; what a table cannot say is in `rules.py`. The human decides: blocking findings
stop the signature, warnings are signed over with a reason, notes ask for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opora.regulations.checks.entries import SEVERITIES, Check, Tolerance
from opora.regulations.checks.rules import RULES, Hit, Looked
from opora.regulations.checks.subject import Found, Subject
from opora.regulations.checks.texts import DIRECTION, Captions, Text, captions
from opora.regulations.checks.words import Search, quoted, search_of
from opora.regulations.edition import Edition
from opora.regulations.predicates import Value

CONTRADICTION = "advice_contradiction"
__all__ = ["Found", "Subject", "check", "checks_of"]


@dataclass(frozen=True)
class _Prepared:
    checks: tuple[Check, ...]
    searches: Mapping[str, Search]
    captions: Captions
    tolerances: Mapping[str, float]
    covers: Mapping[str, tuple[str, ...]]


def checks_of(law: Edition) -> tuple[Check, ...]:
    """Every named check of the edition in order."""
    return law.entries("check", Check)


def check(subject: Subject) -> tuple[Found, ...]:
    """All that the checks of the edition find in a conclusion, blocking ones first, else in the order of the list."""
    law = subject.facts.law
    prepared = law.prepared(__name__, _prepare)
    texts = _texts(subject, prepared.captions)
    looked = Looked(subject, law, texts, "\n".join(text.plain for text in texts), prepared.tolerances)
    answers = _Answers(subject)
    found = [
        _found(one, hit)
        for one in prepared.checks
        if _concerns(one, subject, answers)
        for hit in _hits(one, looked, prepared)
    ]
    said = {code for one in found for code in prepared.covers.get(one.code, ())}
    left = dict.fromkeys(one for one in found if one.code != CONTRADICTION or one.rule not in said)
    return tuple(sorted(left, key=lambda one: SEVERITIES.index(one.severity)))


def _prepare(law: Edition) -> _Prepared:
    checks = checks_of(law)
    return _Prepared(
        checks,
        {one.code: search_of(one) for one in checks if one.kind == "words"},
        captions(law),
        {one.code: one.value for one in law.entries("tolerance", Tolerance)},
        {one.code: one.instead_of for one in checks if one.instead_of},
    )


def _texts(subject: Subject, named: Captions) -> tuple[Text, ...]:
    """What is written, without the protocol's own parts; then what is answered in words."""
    written = [named.written(code, text) for code, text in subject.texts.items() if text.strip()]
    typed = [
        named.answered(code, text)
        for code, text in subject.answers.items()
        if code in named.typed and code not in subject.texts and isinstance(text, str) and text.strip()
    ]
    return (*written, *typed)


class _Answers(dict[str, Value]):
    """Answers and texts of a conclusion as conditions ask about them; what is empty is unknown."""

    def __init__(self, subject: Subject) -> None:
        given = {**subject.answers, **{code: text.strip() for code, text in subject.texts.items()}}
        given["directions"] = any(text for code, text in given.items() if code.startswith(DIRECTION)) or None
        super().__init__(
            (code, tuple(value) if isinstance(value, list) else value)
            for code, value in given.items()
            if value not in (None, "", [], ())
        )


def _concerns(one: Check, subject: Subject, answers: _Answers) -> bool:
    if one.applies != "always":
        needs = bool(subject.answers.get("needs_conditions"))
        if not (needs or (one.applies == "special" and subject.answers.get("has_limitations"))):
            return False
    for predicate in one.given.conditions:
        if not predicate.holds(answers):
            return False
    for predicate in one.when:
        if not predicate.holds(subject.facts):
            return False
    return not (one.unless and any(predicate.holds(subject.facts) for predicate in one.unless))


def _hits(one: Check, looked: Looked, prepared: _Prepared) -> Iterator[Hit]:
    if one.kind == "conditions":
        yield Hit()
    elif one.kind == "state":
        yield from (Hit(detail) for detail in looked.subject.state.get(one.code, ()))
    elif one.kind == "rule":
        yield from RULES[one.code](looked)
    else:
        search = prepared.searches[one.code]
        if search.stems and not any(stem in looked.everything for stem in search.stems):
            return
        for text in looked.texts:
            if search.looks_at(text) and (words := search.found_in(text)):
                yield Hit(quoted(words), text.title, text.place)


def _worded(message: str, hit: Hit) -> str:
    """The message with its words in place; «24 мес.» before a full stop does not get a second one."""
    found = hit.found.removesuffix(".") if "{found}." in message else hit.found
    return message.replace("{found}", found).replace("{title}", hit.title)


def _found(one: Check, hit: Hit) -> Found:
    reason = hit.reason
    return Found(
        one.code,
        one.severity,
        one.title,
        _worded(one.message, hit),
        reason.clause if reason else one.clause,
        hit.place or one.place,
        (reason.note if reason else "") or one.note,
        reason.is_law if reason else one.is_law,
        reason.code if reason else "",
    )
