"""Advice read as the letter tells it: examples of our own."""

from __future__ import annotations

from datetime import date

import pytest

from opora.regulations.advice.advising import advise
from opora.regulations.advice.answers import RuledOut
from opora.regulations.advice.tests.cases import (
    DAY,
    EXAMPLES,
    LAW,
    OF_PARTS,
    PARTS,
    Example,
    everything,
    of,
    recorded,
    shown,
)
from opora.regulations.edition import edition
from opora.regulations.facts.case import CaseFacts


@pytest.mark.parametrize("example", EXAMPLES, ids=[one.name for one in EXAMPLES])
@pytest.mark.parametrize("code", ["2016", "2025"])
def test_example(example: Example, code: str) -> None:
    law = edition(code)
    advice = advise(CaseFacts(law, recorded(example.facts, law)))
    if example.first == "-":
        assert not advice.candidates
        return
    first = advice.candidates[0]
    assert (shown(first), first.strength) == (example.first, example.strength)
    assert not set(example.never.split()) & {one.variant for one in advice.candidates}
    assert first.reasons


def test_examples_reach_all_twenty_eight_codes_firmly() -> None:
    decided = {one.first for one in EXAMPLES if one.strength == "decided"}
    assert {one.code for one in LAW.variants} <= decided
    assert len(EXAMPLES) >= 90
    assert len({one.name for one in EXAMPLES}) == len(EXAMPLES)


def test_nothing_recorded_gives_questions_and_no_candidates() -> None:
    for born in (None, date(2025, 3, 1), date(2022, 3, 1), date(2020, 1, 1), date(2012, 1, 1)):
        advice = advise(CaseFacts(LAW, {}, born, DAY))
        assert not advice.candidates
        assert not advice.ruled_out
        assert not advice.contradictions
        assert {"hearing", "vision", "motor"} <= {one.fact for one in advice.questions}


def test_age_tells_the_stage_when_no_level_is_recorded() -> None:
    stages = {
        date(2024, 1, 1): "stage_early_by_age",
        date(2022, 1, 1): "stage_preschool_by_age",
        date(2020, 5, 23): "stage_preschool_by_age",
        date(2020, 5, 22): "stage_unknown",
        date(2018, 11, 22): "stage_school_age",
    }
    assert {born: of("hearing=deaf", born).stage.code for born in stages} == stages
    assert "enters_school" in {one.fact for one in of("hearing=deaf grade=0", date(2020, 5, 22)).questions}
    assert of("hearing=deaf grade=0 enters_school=yes", date(2020, 5, 23)).stage.code == "stage_entering"
    assert of("hearing=deaf enters_school=no", date(2019, 5, 22)).stage.code == "stage_preschool_stays"


def test_every_reason_is_heard_in_an_example_on_each_of_its_sides() -> None:
    """By age alone: what the examples, which have no birthday, cannot show."""
    heard = {one.code for example in EXAMPLES for _, one in everything(of(example.facts))}
    for born in (date(2023, 1, 1), date(2021, 1, 1), date(2019, 1, 1)):
        babble = of("level=preschool speech=general speech_level=1", born)
        heard |= {one.code for _, one in everything(babble)}
    rows = {row.row.code for row in OF_PARTS}
    refusals = {row.otherwise.code for row in OF_PARTS if row.otherwise}
    no_grounds = {part.no_ground.code for part in PARTS if part.no_ground}
    assert rows | refusals | no_grounds <= heard


def test_second_programme_is_practice_and_said_so() -> None:
    advice = of("level=primary hearing=deaf vision=blind intellect=norm")
    note = next(one for one in advice.notes if one.code == "second_programme")
    assert not note.is_law
    assert {one.second_programme[:1] for one in advice.candidates} == {"1", "3"}
    assert all(not one.second_programme for one in of("level=primary hearing=deaf delay=cognitive").candidates)


def test_disputed_places_show_both_readings() -> None:
    third = of("level=primary hearing=deaf delay=cognitive delay_origin=cerebral_organic intellect=below_norm")
    reasons = {one.code: one for candidate in third.candidates for one in candidate.reasons}
    assert "Письмо допускает два чтения" in reasons["deaf3_delay"].note
    assert [one.programme for one in third.candidates][:2] == ["1.2", "1.3"]
    speech = of("level=primary speech=general speech_level=3").candidates
    assert [one.programme for one in speech] == ["5.1", "5.2"]


def test_question_comes_in_time() -> None:
    """What can be asked only after something else gives way to it."""
    asked = {one.fact for one in of("level=primary speech=general").candidates[0].missing}
    assert "speech_level" in asked
    asked = {one.fact for one in of("level=primary").questions}
    assert "speech_level" not in asked
    third = next(one for one in of("level=primary hearing=deaf").candidates if one.programme == "1.3")
    facts = {one.fact for one in third.missing}
    assert "delay" in facts
    assert "delay_origin" not in facts
    questions = of("hearing=deaf level=primary").questions
    assert all(one.why and one.clause and one.title for one in questions)


def test_about_answers_why_and_why_not() -> None:
    advice = of("level=basic grade=6 delay=cognitive adaptive_behaviour=unstable intellect=norm development=below_norm")
    assert advice.about("7.2") is advice.candidates[0]
    ruled_out = advice.about("7.1")
    assert isinstance(ruled_out, RuledOut)
    assert ruled_out.against[0].code == "delay1_behaviour_not"
    assert advice.about("1.1") is None
