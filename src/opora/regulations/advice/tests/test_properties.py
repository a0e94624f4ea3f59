"""What holds for any child, whatever is recorded."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from opora.regulations.advice.advising import STAGE_FACTS, advise
from opora.regulations.advice.answers import STRENGTHS
from opora.regulations.advice.compiling import DERIVED
from opora.regulations.advice.tests.cases import DAY, DEFINITIONS, LAW, ROWS, everything
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.entries import FactDefinition
from opora.regulations.predicates import Value


def value_of(fact: FactDefinition) -> st.SearchStrategy[Value]:
    codes = [choice.code for choice in fact.choices]
    if fact.kind == "choice":
        return st.sampled_from(codes)
    if fact.kind == "choices":
        return st.lists(st.sampled_from(codes), min_size=1, unique=True).map(tuple)
    if fact.kind == "flag":
        return st.booleans()
    if fact.kind == "number":
        return st.integers(int(fact.minimum), int(fact.maximum))
    if fact.kind == "codes":
        listed = ["F70.0", "F71", "F72.1", "F73", "F80.1", "F81.0", "F83", "F84.0", "G80.1", "H90.3", "H54.2", "J45"]
        return st.lists(st.sampled_from(listed), min_size=1, max_size=3, unique=True).map(tuple)
    return st.just("слова")


READ = sorted({one.fact for row in ROWS for one in (*row.when, *row.any_of, *row.unless)} - DERIVED)
RECORDED = st.fixed_dictionaries({}, optional={code: value_of(DEFINITIONS[code]) for code in READ})
BORN = st.none() | st.dates(date(2008, 1, 1), DAY)
PROGRAMME = st.sampled_from(["", *(one.code for one in LAW.programmes)])


@settings(max_examples=300, deadline=None)
@given(RECORDED, BORN, PROGRAMME)
def test_any_facts_give_a_well_formed_answer_and_always_the_same(
    values: dict[str, Value], born: date | None, programme: str
) -> None:
    facts = CaseFacts(LAW, values, born, DAY, programme)
    advice = advise(facts)
    assert advice == advise(CaseFacts(LAW, dict(reversed(values.items())), born, DAY, programme))
    json.dumps(advice.as_json())
    known = {*DEFINITIONS, *DERIVED}
    for _, reason in everything(advice):
        assert reason.clause
        assert set(reason.facts) <= known
        assert any(facts.get(code) is not None for code in reason.facts)
    codes = {one.code for one in LAW.programmes}
    for candidate in advice.candidates:
        assert {candidate.programme, candidate.variant, candidate.second_programme} <= codes | {""}
        assert LAW.programme(candidate.programme).needs_orientation == bool(candidate.orientation)
        assert candidate.strength in STRENGTHS
        assert candidate.reasons
        assert candidate.has_limitations == (
            LAW.programme(candidate.programme).kind not in ("ordinary",) and candidate.programme != "oop_spo"
        )
        assert candidate.strength != "decided" or not (candidate.against or candidate.missing)
    shown_codes = [(one.programme, one.orientation) for one in advice.candidates]
    assert len(shown_codes) == len(set(shown_codes))
    assert not {one.variant for one in advice.candidates} & {one.programme for one in advice.ruled_out}
    ranks = [STRENGTHS.index(one.strength) for one in advice.candidates]
    assert ranks == sorted(ranks)
    assert all(facts.get(one.fact) is None for one in advice.questions)


@settings(max_examples=300, deadline=None)
@given(RECORDED, RECORDED, BORN)
def test_added_fact_never_removes_an_unrelated_reason(
    before: dict[str, Value], more: dict[str, Value], born: date | None
) -> None:
    added = {code: value for code, value in more.items() if code not in before and code not in STAGE_FACTS}
    then = {(place, one.code) for place, one in everything(advise(CaseFacts(LAW, {**before, **added}, born, DAY)))}
    for place, reason in everything(advise(CaseFacts(LAW, before, born, DAY))):
        if not added.keys() & set(reason.facts):
            assert (place, reason.code) in then


@settings(max_examples=100, deadline=None)
@given(RECORDED, BORN)
def test_mood_changes_no_candidate(values: dict[str, Value], born: date | None) -> None:
    low = advise(CaseFacts(LAW, {**values, "mood": True}, born, DAY))
    good = advise(CaseFacts(LAW, {**values, "mood": False}, born, DAY))
    assert low.candidates == good.candidates
    assert low.ruled_out == good.ruled_out
