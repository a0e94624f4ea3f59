"""Facts made up by hypothesis: any value that a specialist may record."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from opora.regulations.edition import Edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.entries import FactDefinition
from opora.regulations.facts.reading import definitions
from opora.regulations.predicates import Value

DAY = date(2026, 11, 22)
CODES = ("F70.0", "F71", "F80.1", "F84.0", "F90", "G80.1", "H90.3", "H54.0", "Q90")


def values_of(fact: FactDefinition) -> st.SearchStrategy[Value]:
    """A value of one fact."""
    codes = [choice.code for choice in fact.choices]
    if fact.kind == "choice":
        return st.sampled_from(codes)
    if fact.kind == "choices":
        ordered = st.lists(st.sampled_from(codes), min_size=1, unique=True)
        return ordered.map(lambda chosen: tuple(sorted(chosen, key=codes.index)))
    if fact.kind == "flag":
        return st.booleans()
    if fact.kind == "codes":
        return st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True).map(tuple)
    if fact.kind == "text":
        return st.sampled_from(("без физической нагрузки", "нет"))
    if fact.decimals:
        step = 10**fact.decimals
        return st.integers(int(fact.minimum * step), int(fact.maximum * step)).map(lambda steps: steps / step)
    return st.integers(int(fact.minimum), int(fact.maximum))


def recorded(law: Edition) -> st.SearchStrategy[dict[str, Value]]:
    """Some facts of the edition."""
    return st.fixed_dictionaries({}, optional={one.code: values_of(one) for one in definitions(law)})


def cases(law: Edition) -> st.SearchStrategy[CaseFacts]:
    """A child of any age with some facts."""
    born = st.integers(30, 18 * 365).map(lambda days: DAY - timedelta(days=days))
    return st.builds(lambda values, day: CaseFacts(law, values, born=day, on=DAY), recorded(law), born)
