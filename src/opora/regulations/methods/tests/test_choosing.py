"""What is offered for a speciality and an age, what is said when nothing is."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.regulations.edition import edition
from opora.regulations.methods.choosing import ages, method_lists, methods_for
from opora.regulations.methods.entries import Method

LAW = edition("2016")
SPECIALITIES = [one.code for one in LAW.specialities]
MONTHS = st.integers(0, 240)


def titles(offer) -> list[str]:
    return [one.method.title for part in offer.lists for one in part.methods]


def lists(offer) -> list[str]:
    return [part.of.code for part in offer.lists]


@pytest.mark.parametrize(
    ("speciality", "months", "expected"),
    [
        ("psychologist", 82, ["8.2", "psychology_text"]),
        ("psychologist", 59, ["8.1", "psychology_text"]),
        ("psychologist", 60, ["8.2", "psychology_text"]),
        ("psychologist", 181, ["8.4", "teenagers", "psychology_text"]),
        ("defectologist", 82, ["6.2", "learning_kits"]),
        ("defectologist", 84, ["6.3"]),
        ("speech_therapist", 82, ["7.3"]),
        ("speech_therapist", 23, ["7.1", "9", "early_scales", "early_norms"]),
        ("speech_therapist", 24, ["9", "early_scales", "early_norms"]),
        ("hearing_teacher", 82, ["6.2", "learning_kits", "hearing_text"]),
        ("social_pedagogue", 100, ["social_text"]),
        ("doctor", 20, ["9", "early_scales", "early_norms"]),
    ],
)
def test_the_lists_of_an_age(speciality, months, expected):
    assert lists(methods_for(LAW, speciality, months)) == expected


def test_an_item_waits_for_its_own_age():
    assert "Графический диктант" not in titles(methods_for(LAW, "psychologist", 71))
    assert "Графический диктант" in titles(methods_for(LAW, "psychologist", 72))
    assert "Игра «Ку-ку»" in titles(methods_for(LAW, "psychologist", 23))
    assert "Игра «Ку-ку»" not in titles(methods_for(LAW, "psychologist", 24))
    later = methods_for(LAW, "psychologist", 71).others
    found = next(one for part in later for one in part.methods if one.method.code == "8.2.33")
    assert (found.fits, found.reason.text) == (False, "Не по возрасту: с 6 лет.")


def test_a_package_goes_on_after_its_title_where_section_two_says_so():
    found = methods_for(LAW, "defectologist", 190)
    assert lists(found) == ["6.4"]
    assert found.lists[0].reason.code == "methods.wider"
    assert "два чтения" in found.lists[0].reason.text
    assert "разд.\u00a02" in found.lists[0].reason.clause


def test_the_package_of_children_who_do_not_speak_follows_the_finding():
    unknown = methods_for(LAW, "speech_therapist", 82)
    assert "7.1" not in lists(unknown)
    said = next(part for part in unknown.others if part.of.code == "7.1" and part.reason.code == "methods.also")
    assert "не записан" in said.reason.text
    assert said.reason.facts == ("speech_level",)
    silent = methods_for(LAW, "speech_therapist", 82, facts={"speech_level": "1"})
    assert lists(silent)[0] == "7.1"
    assert "Оценка понимания речи (предпосылок понимания)" in titles(silent)
    assert not any(one.startswith("Безусловные рефлексы") for one in titles(silent))
    speaks = methods_for(LAW, "speech_therapist", 82, facts={"speech_level": "3"})
    assert "7.1" not in lists(speaks)
    assert not any(part.reason.code == "methods.also" for part in speaks.others)


def test_an_age_that_no_method_fits_is_answered_with_the_reason_and_the_nearest_lists():
    grown = methods_for(LAW, "psychologist", 216)
    assert (grown.lists, grown.count) == ((), 0)
    assert "18\u00a0лет" in grown.empty.text
    assert "8.4" in [one.code for one in grown.nearest]
    doctor = methods_for(LAW, "doctor", 82)
    assert doctor.empty.code == "methods.no_list"
    assert [one.code for one in doctor.nearest] == ["9", "early_scales", "early_norms"]


def test_words_narrow_and_e_is_as_good_as_yo():
    found = methods_for(LAW, "psychologist", 82, "матриц равен")
    assert titles(found) == ["Цветные прогрессивные матрицы Равена"]
    assert titles(methods_for(LAW, "psychologist", 82, "рисунок ЧЕЛОВЕКА")) == ["Рисунок человека"]
    nothing = methods_for(LAW, "psychologist", 82, "бэйли")
    assert nothing.empty.code == "methods.not_found"


def test_a_wrong_question_is_refused():
    with pytest.raises(KeyError):
        methods_for(LAW, "astrologer", 82)
    with pytest.raises(ValueError, match="below zero"):
        methods_for(LAW, "psychologist", -1)


def test_younger_lists_are_told_with_their_ground():
    found = methods_for(LAW, "psychologist", 82)
    younger = next(part for part in found.others if part.of.code == "8.1")
    assert younger.reason.code == "methods.younger"
    assert "3.5" in younger.reason.clause


def test_the_answer_for_machines_has_a_clause_for_each_list():
    found = json.loads(json.dumps(methods_for(LAW, "psychologist", 20).as_json(), ensure_ascii=False))
    assert found["count"] == sum(len(one["methods"]) for one in found["lists"])
    assert all(one["clause"] and one["reason"]["clause"] for one in found["lists"])
    bayley = [one for part in found["lists"] for one in part["methods"] if "Bayley" in one["title"]]
    assert "не рекомендует" in bayley[0]["warning"]
    empty = methods_for(LAW, "doctor", 82).as_json()
    assert (empty["count"], empty["empty"]["code"]) == (0, "methods.no_list")
    assert empty["nearest"][0]["code"] == "9"


@given(st.sampled_from(SPECIALITIES), MONTHS, st.sampled_from(["", "рисунок", "обследование"]))
@settings(deadline=None, max_examples=150)
def test_every_method_of_the_speciality_stands_once_and_only_fitting_ones_are_offered(speciality, months, text):
    found = methods_for(LAW, speciality, months, text)
    assert found == methods_for(LAW, speciality, months, text)
    shown = [one.method.code for part in (*found.lists, *found.others) for one in part.methods]
    assert len(shown) == len(set(shown))
    whole = [one for of, items in method_lists(LAW) if of.is_for(speciality) for one in items]
    assert set(shown) <= {one.code for one in whole}
    if not text:
        assert set(shown) == {one.code for one in whole}
    for part in found.lists:
        for one in part.methods:
            assert one.fits
            assert one.method.from_months <= months < (one.method.to_months or 10_000)
            assert part.of.from_months <= months < part.of.ends_at
    assert bool(found.lists) != bool(found.empty)


@given(st.sampled_from(SPECIALITIES), MONTHS, st.sampled_from(["1", "2", "3"]))
@settings(deadline=None, max_examples=100)
def test_a_fact_takes_nothing_away_that_the_age_gives(speciality, months, level):
    without = set(titles(methods_for(LAW, speciality, months)))
    assert without <= set(titles(methods_for(LAW, speciality, months, facts={"speech_level": level})))


def test_every_method_is_reached_at_some_age():
    reached = {
        one.method.code
        for speciality in SPECIALITIES
        for months in range(216)
        for part in methods_for(LAW, speciality, months).lists
        for one in part.methods
    }
    assert reached == {one.code for one in LAW.entries("method", Method)}


@pytest.mark.parametrize(
    ("bounds", "words"),
    [((60, 84), "от 5 до 7 лет"), ((0, 24), "до 2 лет"), ((18, 36), "от 1 г. 6 мес. до 3 лет"), ((0, 12), "до 1 года"),
     ((3, 9), "от 3 мес. до 9 мес."), ((132, 252), "от 11 до 21 года")],
)  # fmt: skip
def test_ages_in_words(bounds, words):
    assert ages(*bounds).replace("\u00a0", " ") == words


def test_it_is_quick():
    methods_for(LAW, "psychologist", 82)
    started = time.perf_counter()
    for _ in range(50):
        methods_for(LAW, "psychologist", 82)
    assert (time.perf_counter() - started) / 50 < 0.005
