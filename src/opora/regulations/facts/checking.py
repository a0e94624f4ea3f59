"""At start-up: every condition of every rule asks about a fact that exists, with values that it may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from difflib import get_close_matches

from opora.regulations import entries as e
from opora.regulations.facts.entries import FactDefinition
from opora.regulations.loading import RawEntry
from opora.regulations.predicates import Predicate

NUMBERS = ("age_months", "age_years", "month", "variant")
WORDS = ("programme", "category", "programme_kind", "programme_level", "variant_code")
_TABLES = {"variant_code": "programme"}


def check_predicates(tables: Mapping[str, Mapping[str, e.Entry]], raws: Mapping[tuple[str, str], RawEntry]) -> None:
    """Refuse, naming file and line, a condition about an unknown fact or an impossible value."""
    facts = {code: one for code, one in tables.get("fact", {}).items() if isinstance(one, FactDefinition)}
    for table, entries in tables.items():
        for code, entry in entries.items():
            for key, predicate in _predicates(entry):
                wrong = _wrong(predicate, facts, tables)
                if wrong:
                    raise raws[table, code].refuse(key, f"{predicate.text!r}: {wrong}")


def _predicates(entry: e.Entry) -> Iterator[tuple[str, Predicate]]:
    for one in fields(entry):
        value = getattr(entry, one.name)
        if isinstance(value, tuple):
            yield from ((one.name, item) for item in value if isinstance(item, Predicate))


def _wrong(
    predicate: Predicate, facts: Mapping[str, FactDefinition], tables: Mapping[str, Mapping[str, e.Entry]]
) -> str:
    if predicate.fact in NUMBERS:
        return ""
    if predicate.fact in WORDS:
        return _unknown_value(predicate, tables.get(_TABLES.get(predicate.fact, predicate.fact), predicate.chosen))
    fact = facts.get(predicate.fact)
    if fact is None:
        near = get_close_matches(predicate.fact, [*facts, *NUMBERS, *WORDS], 1)
        return "unknown fact" + (f", did you mean {near[0]!r}?" if near else "")
    if predicate.operator in ("<", "<=", ">", ">=") and fact.kind != "number":
        return "the fact is no number"
    if predicate.operator == "^" and fact.kind != "codes":
        return "only codes are compared by their beginning"
    if fact.kind == "flag":
        return _unknown_value(predicate, ("yes", "no"))
    return _unknown_value(predicate, [choice.code for choice in fact.choices]) if fact.choices else ""


def _unknown_value(predicate: Predicate, allowed: object) -> str:
    for value in predicate.values:
        if value not in allowed:  # type: ignore[operator]
            return f"the fact has no value {value!r}"
    return ""
