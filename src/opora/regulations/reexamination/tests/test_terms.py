"""The term of the next examination: each rule of section 2 by example, collisions, and properties of any answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.regulations.edition import edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.reading import definitions
from opora.regulations.reexamination.entries import ReexaminationRule, SchoolNumber
from opora.regulations.reexamination.terms import NextExamination, next_examination, reminders
from opora.regulations.special.entries import Audience
from opora.regulations.special.tests.strategies import cases, typed, values_of

LAW = edition("2025")
BORN = date(2021, 3, 1)

# examined on | programme (of an oriented one with its code) | facts | chosen day or none | wording | demands in order
EXAMPLES = """
2026-11-22 | 8.2 | grade=2 | 2027-11-22 | one_year | autism end_of_primary
2026-11-22 | 8.1 | grade=2 | 2027-11-22 | one_year | autism variant_1
2026-11-22 | 8.3 | grade=4 | 2027-05-31 | end_of_primary | end_of_level autism
2027-03-10 | 8.2 | enters_school=yes | 2028-09-01 | one_year | autism end_of_primary
2026-11-22 | aop_ooo | grade=6 autism=disorder | 2027-11-22 | one_year | autism_oriented before_gia
2026-11-22 | 7.1 | grade=2 | 2028-05-31 | steady_difficulties | variant_1
2027-07-01 | 7.1 | grade=2 | 2028-05-31 | steady_difficulties | variant_1
2026-11-22 | 1.1 | grade=1 hearing_device=implant | 2028-05-31 | steady_difficulties | variant_1 implant
2026-11-22 | 1.2 | grade=1 hearing_device=implant | 2028-05-31 | steady_difficulties | implant end_of_primary
2026-11-22 | 1.2 | grade=1 minimum_reached=not_tried delay_origin=cerebral_organic | 2027-11-22 | steady_failure
           | deaf_dispute end_of_primary
2026-11-22 | 1.2 | grade=2 minimum_reached=reached delay_origin=cerebral_organic | 2029-05-31 | end_of_primary
           | end_of_primary
2026-11-22 | 1.2 | grade=1 minimum_reached=not_tried | 2030-05-31 | end_of_primary | end_of_primary
2026-11-22 | 5.2 | grade=1 mastery_doubt=yes | 2027-11-22 | steady_failure | speech_delay_doubt end_of_primary
2026-11-22 | 7.2 | grade=1 mastery_doubt=no | 2030-05-31 | end_of_primary | end_of_primary
2027-04-01 | 7.2 | enters_school=yes mastery_doubt=yes | 2028-09-01 | steady_failure | speech_delay_doubt end_of_primary
2026-11-22 | 6.2 | grade=3 mastery_doubt=yes | 2027-11-22 | steady_failure | sensory_motor_doubt end_of_primary
2026-11-22 | 4.2 | grade=4 mastery_doubt=yes | 2027-05-31 | end_of_primary | end_of_primary sensory_motor_doubt
2026-11-22 | 3.2 | grade=3 | 2028-05-31 | end_of_primary | end_of_primary
2027-04-01 | 5.2 | enters_school=yes | 2031-05-31 | end_of_primary | end_of_primary
2026-11-22 | 7.2 | | none | end_of_primary | end_of_primary
2027-07-01 | 7.2 | grade=4 | none | on_request | end_of_primary
2026-11-22 | 6.3 | grade=2 | 2029-05-31 | end_of_primary | end_of_level
2026-11-22 | 6.4 | grade=4 | 2027-05-31 | end_of_primary | end_of_level
2026-11-22 | aop_do_speech | | 2027-08-31 | before_school | before_school
2026-11-22 | aop_do_speech | enters_school=yes | 2027-08-31 | before_school | before_school
2026-11-22 | aop_do_speech | enters_school=no | 2028-08-31 | before_school | before_school
2026-11-22 | early_help | | 2027-08-31 | before_school | before_school
2026-11-22 | aop_ooo | grade=7 | 2029-02-28 | before_gia | before_gia
2026-11-22 | aop_ooo | grade=9 | 2027-02-28 | before_gia | before_gia
2027-01-20 | aop_ooo | grade=9 | none | on_request | before_gia
2027-03-20 | aop_ooo | grade=9 | none | on_request | before_gia
2026-11-22 | aop_ooo | | none | before_gia | before_gia
2026-11-22 | oop_ooo | grade=8 | 2028-02-29 | before_gia | before_gia_ordinary
2026-11-22 | oop_soo | grade=10 | 2028-02-29 | before_gia_secondary | before_gia_secondary_ordinary
2026-11-22 | aop_soo | grade=10 | 2028-02-29 | before_gia_secondary | before_gia_secondary
2026-11-22 | aop_soo | grade=11 | 2027-02-28 | before_gia_secondary | before_gia_secondary
2026-11-22 | aop_soo | | none | before_gia_secondary | before_gia_secondary
2026-11-22 | aop_ooo:8.2 | grade=6 | 2027-11-22 | one_year | autism_oriented before_gia
2026-11-22 | aop_ooo:7.2 | grade=6 mastery_doubt=yes | 2030-02-28 | before_gia | before_gia
2026-11-22 | aop_ooo:6.3 | grade=6 | none | on_request | no_rule
2026-11-22 | aop_ooo:1599.1 | grade=6 | none | end_of_intellectual | end_of_intellectual intellectual_on_request
2026-11-22 | aop_noo:7.1 | grade=3 | 2028-05-31 | end_of_primary | oriented_primary
2026-11-22 | aop_noo:8.2 | grade=2 | 2027-11-22 | one_year | autism_oriented oriented_primary
2026-11-22 | aop_noo | grade=3 hearing_device=implant | 2028-05-31 | steady_difficulties | implant oriented_primary
2026-11-22 | 1599.1 | grade=6 | none | end_of_intellectual | end_of_intellectual intellectual_on_request
2026-11-22 | 1599.2 | grade=9 | none | end_of_intellectual | end_of_intellectual intellectual_on_request
2026-11-22 | 1599.1 | minimum_reached=not_reached | none | end_of_intellectual | end_of_intellectual
           intellectual_on_request minimum_not_reached
2026-11-22 | aop_ooo | grade=8 needs_known_before_2016=yes | 2028-02-29 | before_gia | before_gia before_2016
2026-11-22 | aop_vocational_training | grade=9 needs_known_before_2016=yes intellect=mild | none
           | on_request | before_2016
2026-11-22 | aop_vocational_training | grade=9 needs_known_before_2016=yes intellect=mild disagreement=yes | none
           | on_request | disagreement
2026-11-22 | oop_noo | | none | on_request | no_rule
"""


def examples() -> list[list[str]]:
    rows = EXAMPLES.strip().replace("\n           ", " ").splitlines()
    return [[part.strip() for part in row.split("|")] for row in rows]


def asked(on: date, programme: str, **values: Any) -> NextExamination:
    code, _, orientation = programme.partition(":")
    return next_examination(CaseFacts(LAW, values, BORN, on, code, orientation))


@pytest.mark.parametrize(("on", "programme", "facts", "day", "wording", "rules"), examples())
def test_the_earliest_day_of_all_clauses_is_chosen(
    on: str, programme: str, facts: str, day: str, wording: str, rules: str
) -> None:
    found = asked(date.fromisoformat(on), programme, **typed(LAW, facts))
    assert [one.reason.code for one in found.demands] == rules.split()
    assert (found.day.isoformat() if found.day else "none") == day
    assert found.wording == wording
    assert found.text == LAW.vocabulary("reexamination_wording").choice(wording).title


def test_the_day_says_how_it_was_counted() -> None:
    on = date(2026, 11, 22)
    assert asked(on, "3.2", grade=3).demands[0].counted == "сейчас 3-й класс, окончание 4-го — 31.05.2028"
    longer = asked(on, "7.2", enters_school=True).demands[0]
    assert longer.day == date(2031, 5, 31)
    assert longer.counted.endswith("с дополнительным годом в первом классе — 31.05.2032")
    prolonged = asked(on, "8.2", enters_school=True).demands[1]
    assert prolonged.day == date(2032, 5, 31)
    assert "31.05.2037" in asked(on, "1599.1", grade=3).demands[0].counted
    assert "прошёл 28.02.2027" in asked(date(2027, 4, 1), "aop_ooo", grade=9).demands[0].counted


def test_what_cannot_be_counted_names_the_missing_fact() -> None:
    assert asked(date(2026, 11, 22), "7.2").missing == ("grade",)
    nobody = next_examination(CaseFacts(LAW, {}, None, date(2026, 11, 22), "aop_do_deaf"))
    assert nobody.missing == ("enters_school",)
    assert next_examination(CaseFacts(LAW, {"grade": 3}, None, None, "7.2")).day is None


def test_early_help_is_looked_at_again_when_early_age_ends() -> None:
    infant = CaseFacts(LAW, {}, date(2026, 3, 1), date(2026, 11, 22), "early_help")
    found = next_examination(infant)
    assert [one.reason.code for one in found.demands] == ["early_ends", "before_school"]
    assert (found.day, found.wording) == (date(2029, 3, 1), "date")
    assert found.latest == date(2032, 8, 31), "the letter names no term for early age"
    assert next_examination(infant.with_programme("aop_do_deaf")).day == date(2032, 8, 31)


def test_known_beginning_of_learning_moves_the_term() -> None:
    facts = CaseFacts(LAW, {"autism": "disorder", "grade": 1}, BORN, date(2026, 11, 22), "8.1")
    assert next_examination(facts, date(2027, 1, 11)).day == date(2028, 1, 11)


def test_reading_that_the_letter_does_not_say_is_not_law() -> None:
    found = asked(date(2026, 11, 22), "6.3", grade=2)
    assert found.day == date(2029, 5, 31)
    assert found.latest is None
    assert "два чтения" in found.demands[0].reason.note
    assert found.as_json()["demands"][0]["reason"]["law"] is False
    assert asked(date(2026, 11, 22), "6.2", grade=2).latest == date(2029, 5, 31)


def test_reminders_come_three_months_a_month_and_two_weeks_before() -> None:
    assert reminders(LAW, date(2027, 5, 31)) == (date(2027, 2, 28), date(2027, 4, 30), date(2027, 5, 17))
    assert reminders(LAW, date(2027, 1, 15))[0] == date(2026, 10, 15)


def test_numbers_of_the_school_calendar_cite_their_source() -> None:
    numbers = {one.code: one for one in LAW.entries("school_number", SchoolNumber)}
    assert "сверить" in numbers["primary_last_grade"].note.lower()
    assert not numbers["primary_last_grade"].is_law
    assert not numbers["school_age_months"].is_law


def test_every_rule_of_the_edition_is_met_by_an_example() -> None:
    met = {code for row in examples() for code in row[-1].split()} | {"early_ends"}
    assert met == {one.code for one in LAW.entries("reexamination_rule", ReexaminationRule)}
    words = {choice.code for choice in LAW.vocabulary("reexamination_wording").choices}
    assert {one.wording for one in LAW.entries("reexamination_rule", ReexaminationRule)} <= words


@settings(max_examples=200, deadline=None)
@given(cases(LAW))
def test_the_chosen_day_is_the_least_of_the_demands_and_each_cites_its_clause(facts: CaseFacts) -> None:
    found = next_examination(facts)
    assert found == next_examination(
        CaseFacts(LAW, dict(facts.values), facts.born, facts.on, facts.programme, facts.orientation)
    )
    assert found.demands
    assert found.day == min((one.day for one in found.demands if one.day), default=None)
    chosen = next(one for one in found.demands if one.day == found.day)
    assert (found.wording, found.text) == (chosen.wording, chosen.text)
    for one in found.demands:
        assert one.reason.clause
        assert one.reason.text
        assert one.text
        assert one.day is None or (facts.on is not None and one.day > facts.on)


@settings(max_examples=120, deadline=None)
@given(cases(LAW), st.data())
def test_adding_an_unrelated_fact_never_removes_a_demand(facts: CaseFacts, data: st.DataObject) -> None:
    unknown = [one for one in definitions(LAW) if one.code not in facts.values]
    new = data.draw(st.sampled_from(unknown or definitions(LAW)))
    more = {**facts.values, new.code: data.draw(values_of(new))}
    left = {
        one.reason.code
        for one in next_examination(
            CaseFacts(LAW, more, facts.born, facts.on, facts.programme, facts.orientation)
        ).demands
    }
    for one in next_examination(facts).demands:
        rule = LAW.entry("reexamination_rule", ReexaminationRule, one.reason.code)
        said = [LAW.entry("audience", Audience, code) for code in rule.audience]
        named = {predicate.fact for who in said for predicate in who.when}
        named |= {predicate.fact for predicate in (*rule.when, *rule.unless)}
        assert rule.fallback or rule.code in left or new.code in named, rule.code
