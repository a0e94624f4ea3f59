"""Facts for tests of rules: written in a line of a table, or any facts of any child under any programme."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from opora.regulations.edition import Edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.entries import FactDefinition
from opora.regulations.facts.reading import definitions, facts_read


def typed(law: Edition, line: str) -> dict[str, Any]:
    """`hearing=deaf grade=3 speech_forms=alalia,` as rules take it; a comma makes a list."""
    pairs = dict(pair.split("=") for pair in line.split())
    given = {code: value.strip(",").split(",") if "," in value else value for code, value in pairs.items()}
    values, errors = facts_read(law, given)
    assert not errors
    return values


def values_of(fact: FactDefinition) -> st.SearchStrategy[Any]:
    if fact.kind == "choice":
        return st.sampled_from([choice.code for choice in fact.choices])
    if fact.kind == "choices":
        return st.lists(st.sampled_from([choice.code for choice in fact.choices]), min_size=1, unique=True).map(tuple)
    if fact.kind == "flag":
        return st.booleans()
    if fact.kind == "number":
        return st.integers(int(fact.minimum), int(fact.maximum))
    if fact.kind == "codes":
        return st.sampled_from([("F70",), ("F84.0",), ("H90.3", "F71"), ("F20.8",), ("G80.1",)])
    return st.just("соблюдать назначения врача")


def records(law: Edition) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={fact.code: values_of(fact) for fact in definitions(law)})


def cases(law: Edition) -> st.SearchStrategy[CaseFacts]:
    days = st.dates(date(2016, 9, 1), date(2035, 12, 31))
    ages = st.integers(0, 19 * 365)
    programmes = st.sampled_from(["", *(programme.code for programme in law.programmes)])
    orientations = st.sampled_from(["", *(variant.code for variant in law.variants)])

    def built(values: dict[str, Any], on: date, age: int, programme: str, orientation: str, dated: bool) -> CaseFacts:
        born = date.fromordinal(on.toordinal() - age) if dated else None
        return CaseFacts(law, values, born, on, programme, orientation)

    return st.builds(built, records(law), days, ages, programmes, orientations, st.booleans())
