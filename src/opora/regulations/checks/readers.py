"""`checks.toml`: the list of named checks, and how far numbers of two specialists may lie apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.checks.entries import RULE_CODES, SEVERITIES, Check, Given, Tolerance
from opora.regulations.loading import RawEntry
from opora.regulations.predicates import Predicate
from opora.regulations.readers import ground

KINDS = ("conditions", "words", "state", "rule")
APPLIES = ("always", "needs", "special")
PLACEHOLDERS = {"found", "title"}
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def check(raw: RawEntry) -> Check:
    """`[[check]]`."""
    kind = raw.one_of("kind", KINDS)
    common = ground(raw)
    if kind == "rule" and common["code"] not in RULE_CODES:
        raise raw.refuse("kind", f"there is no rule {common['code']!r}; known: {', '.join(sorted(RULE_CODES))}")
    given = raw.predicates("answers")
    return Check(
        **common,
        order=raw.number("order"),
        severity=raw.one_of("severity", SEVERITIES),
        kind=kind,
        message=_message(raw),
        place=raw.word("place", ""),
        applies=raw.one_of("applies", APPLIES, "always"),
        when=raw.predicates("when"),
        unless=raw.predicates("unless"),
        answers=_codes(given),
        given=Given(given),
        words=_expressions(raw, "words"),
        exceptions=_expressions(raw, "except"),
        stems=raw.words("stems"),
        where=_where(raw, kind),
        instead_of=raw.words("instead_of"),
    )


def _message(raw: RawEntry) -> str:
    text = raw.text("message")
    for name in _PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            raise raw.refuse("message", f"unknown placeholder {{{name}}}; allowed: {', '.join(sorted(PLACEHOLDERS))}")
    return text


def _codes(given: tuple[Predicate, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.fact for one in given))


def _expressions(raw: RawEntry, key: str) -> tuple[str, ...]:
    found = raw.words(key)
    for text in found:
        try:
            re.compile(text)
        except re.error as error:
            raise raw.refuse(key, f"{text!r} is no regular expression: {error}") from error
    return found


def _where(raw: RawEntry, kind: str) -> tuple[str, ...]:
    where = raw.words("where")
    if (kind == "words") != bool(where):
        raise raw.refuse("where", "a check of words says where, and only such a check")
    return where


def tolerance(raw: RawEntry) -> Tolerance:
    """`[[tolerance]]`."""
    return Tolerance(**ground(raw), value=raw.decimal("value"))


FILES: Mapping[str, tuple[str, ...]] = {"checks.toml": ("check", "tolerance")}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {"check": check, "tolerance": tolerance}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (
    ("check", "answers", "field"),
    ("check", "instead_of", "advice_contradiction"),
    ("tolerance", "code", "fact"),
)
