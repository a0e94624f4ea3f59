"""Conditions of rules as words of the edition: `hearing = deaf`, `intellect = mild | moderate`, `age_months >= 36`.

A rule holds a list of predicates, all of which must hold. Logic has three values: a predicate about a fact that
nobody recorded is unknown, and the rule names the fact as missing.

    code = a | b     one of the values (a fact of several values: at least one of them)
    code != a | b    none of the values
    code < 3         also <=, >, >=
    code ^ F70 | F71 a code of ICD-10, or one of several, begins so
    known code       somebody recorded the fact
    unknown code     nobody did
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

Value = str | int | float | bool | tuple[str, ...]
_NUMBERS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_OF_NOTHING: Mapping[str, bool] = {"known": False, "unknown": True}  # of a fact that nobody recorded
_KNOWN = re.compile(r"(known|unknown) ([a-z][a-z0-9_]*)")
_TEST = re.compile(r"([a-z][a-z0-9_]*) (=|!=|<|<=|>|>=|\^) (.+)")


class Lookup(Protocol):
    """What predicates are asked of."""

    def get(self, code: str) -> Value | None:
        """The value of a fact, or None when nobody recorded it."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """One condition. `text` is as it stands in the file; `values` what the fact is compared with."""

    text: str
    fact: str
    operator: str
    values: tuple[str, ...] = ()
    number: float = 0.0
    chosen: frozenset[str] = field(default=frozenset())

    def holds(self, facts: Lookup) -> bool | None:
        """Whether the condition holds; None when the fact is not recorded."""
        value, sign = facts.get(self.fact), self.operator
        if value is None:
            return _OF_NOTHING.get(sign)
        if sign == "=" and type(value) is str:  # nearly every condition is of this kind, and rules ask hundreds
            return value in self.chosen
        if sign in _OF_NOTHING:
            return sign == "known"
        compare = _NUMBERS.get(sign)
        if compare is not None:
            return compare(float(value), self.number)  # type: ignore[arg-type]
        found = value if isinstance(value, tuple) else (_word(value),)
        if sign == "^":
            return any(one.startswith(self.values) for one in found)
        return self.chosen.isdisjoint(found) == (sign == "!=")

    def __str__(self) -> str:
        return self.text


def _word(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def parse(text: str) -> Predicate:
    """A predicate from its words. Raises ValueError."""
    if known := _KNOWN.fullmatch(text):
        return Predicate(text, known[2], known[1])
    test = _TEST.fullmatch(text)
    if test is None:
        raise ValueError(f"{text!r} is no condition; write «fact = value», «fact >= number» or «known fact»")
    code, sign, right = test[1], test[2], test[3]
    if sign in _NUMBERS:
        try:
            return Predicate(text, code, sign, number=float(right))
        except ValueError:
            raise ValueError(f"{text!r}: a number is required after {sign}") from None
    values = tuple(part.strip() for part in right.split("|"))
    if not all(values):
        raise ValueError(f"{text!r}: an empty value")
    return Predicate(text, code, sign, values, chosen=frozenset(values))


@dataclass(frozen=True, slots=True)
class Verdict:
    """`holds`: all conditions hold (True), one fails (False), or it hangs on the facts `missing` (None)."""

    holds: bool | None
    missing: tuple[str, ...] = ()


def verdict(when: Iterable[Predicate], facts: Lookup) -> Verdict:
    """All conditions together; no conditions hold always."""
    missing: list[str] = []
    for one in when:
        found = one.holds(facts)
        if found is False:
            return Verdict(False)
        if found is None and one.fact not in missing:
            missing.append(one.fact)
    return Verdict(None, tuple(missing)) if missing else Verdict(True)


def all_hold(when: Iterable[Predicate], facts: Lookup) -> bool:
    """Whether every condition certainly holds."""
    for one in when:  # noqa: SIM110 - half the time of `all` with a generator
        if not one.holds(facts):
            return False
    return True
