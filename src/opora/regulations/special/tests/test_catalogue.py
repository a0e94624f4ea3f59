"""The catalogue against the letter: no item of the annexes is missing, each has its place in the conclusion."""

from __future__ import annotations

from collections import Counter

import pytest

from opora.regulations.edition import Edition, edition
from opora.regulations.special.entries import ConditionGroup, SpecialCondition
from opora.regulations.special.offering import _rules

# Counted in the letter: dashes of the lists; in prose, the conditions that a sentence names.
ITEMS_OF_THE_LETTER = {
    "4.1а": 5,
    "4.1б": 3,
    "4.1в": 1,
    "4.2 глухие": 7,
    "4.2 слабослышащие": 2,
    "4.2 нарушение зрения": 4,
    "4.2 слепые": 8,
    "4.2 слабовидящие": 3,
    "4.2 общее": 3,
    "5 ЗПР": 8,
    "5 ЗПР, инструкция": 3,
    "5 РАС": 6,
}


def conditions(law: Edition) -> tuple[SpecialCondition, ...]:
    return law.entries("special_condition", SpecialCondition)


@pytest.mark.parametrize("code", ["2016", "2025"])
def test_no_item_of_annexes_4_and_5_is_missing(code: str) -> None:
    assert Counter(one.annex for one in conditions(edition(code)) if one.annex) == ITEMS_OF_THE_LETTER


@pytest.mark.parametrize("code", ["2016", "2025"])
def test_every_condition_goes_to_a_field_of_its_section_and_sets_possible_answers(code: str) -> None:
    law = edition(code)
    for one in conditions(law):
        section = law.conclusion_section(one.section)
        assert section.field(one.field), one.code
        for field, value in one.answers:
            asked = section.field(field)
            if asked.kind == "flag":
                assert value == "yes", one.code
            else:
                assert law.vocabulary(asked.vocabulary).choice(value), one.code


@pytest.mark.parametrize("code", ["2016", "2025"])
def test_a_choice_field_always_comes_with_its_answer(code: str) -> None:
    law = edition(code)
    for one in conditions(law):
        if law.conclusion_section(one.section).field(one.field).kind != "text":
            assert one.field in dict(one.answers), one.code


def test_items_of_annexes_are_law_and_cite_their_annex() -> None:
    for one in conditions(edition("2016")):
        if one.annex:
            assert one.is_law
            assert f"прил.\u00a0{one.annex[0]}" in one.clause


@pytest.mark.parametrize("code", ["2016", "2025"])
def test_terms_of_the_edition_are_filled_into_texts(code: str) -> None:
    texts = {rule.plain.code: rule.plain.text for _, rules in _rules(edition(code)) for rule in rules}
    assert not [text for text in texts.values() if "{term" in text]
    assert "не короче 1\u00a0месяца и не дольше 12\u00a0месяцев" in texts["a3_autism_period"]
    if code == "2025":
        assert texts["gia_extra_time"].endswith("на 1\u00a0час 30\u00a0минут")
        assert texts["gia_extra_time_oral"].endswith("на 30\u00a0минут")
    else:
        assert "gia_extra_time" not in texts


def test_every_group_has_conditions_and_codes_do_not_repeat() -> None:
    law = edition("2025")
    prepared = _rules(law)
    assert [group.code for group, _ in prepared] == [
        group.code for group in law.entries("condition_group", ConditionGroup)
    ]
    assert all(rules for _, rules in prepared)
    codes = [rule.plain.code for _, rules in prepared for rule in rules]
    assert len(codes) == len(set(codes))
    assert len([code for code in codes if code.endswith("_gia")]) == 17
