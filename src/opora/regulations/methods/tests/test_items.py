"""No item of annexes 6 to 9 is missing: the numbers below were counted in the letter, list by list."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from opora.regulations.edition import edition
from opora.regulations.loading import RegulationError, read_file
from opora.regulations.methods.choosing import method_lists
from opora.regulations.methods.entries import ADULT, Method, MethodList
from opora.regulations.methods.readers import method, method_list

LETTER = {
    "6.1": 12, "6.2": 16, "6.3": 16, "6.4": 11,
    "7.1": 17, "7.2": 7, "7.3": 20, "7.4": 10, "7.5": 7,
    "8.1": 15, "8.2": 33, "8.3": 41, "8.4": 38,
    "9": 26,
}  # fmt: skip
SECTIONS = {  # what sections 2 and 3 name beside the annexes
    "early_scales": 10, "early_norms": 7, "teenagers": 6, "learning_kits": 2, "psychology_text": 14,
    "hearing_text": 5, "social_text": 3,
}  # fmt: skip
AGES = {
    "6.1": (36, 60), "6.2": (60, 84), "6.3": (84, 132), "6.4": (132, 180),
    "7.1": (0, 24), "7.2": (36, 60), "7.3": (60, 84), "7.4": (84, 132),
    "8.1": (36, 60), "8.2": (60, 84), "8.3": (84, 132), "8.4": (132, 216),
    "9": (0, 36),
}  # fmt: skip
OF_THEIR_OWN_AGE = {  # how many items of a list carry an age in brackets
    "7.1": 6, "8.1": 5, "8.2": 10, "8.3": 1, "8.4": 4, "9": 4,
}  # fmt: skip
LAW = edition("2016")


def test_every_annex_has_as_many_methods_as_the_letter():
    found = {of.code: len(items) for of, items in method_lists(LAW) if of.annex}
    assert found == LETTER
    assert sum(found.values()) == 269


def test_sections_two_and_three_add_theirs():
    assert {of.code: len(items) for of, items in method_lists(LAW) if not of.annex} == SECTIONS


@pytest.mark.parametrize("law", ["2016", "2025"])
def test_each_list_says_how_many_it_has_and_numbers_them_through(law):
    for of, items in method_lists(edition(law)):
        assert of.items == len(items), of.code
        assert [one.order for one in items] == list(range(1, len(items) + 1)), of.code
        assert [one.code for one in items] == [f"{of.code}.{one.order:02d}" for one in items]


def test_codes_and_titles_are_told_apart():
    methods = LAW.entries("method", Method)
    assert len({one.code for one in methods}) == len(methods) == 316
    for of, items in method_lists(LAW):
        twice = [title for title, count in Counter(one.full_title for one in items).items() if count > 1]
        assert twice == [], of.code


def test_ages_are_those_of_the_titles():
    found = {of.code: (of.from_months, of.to_months) for of in LAW.entries("method_list", MethodList)}
    assert {code: found[code] for code in AGES} == AGES


def test_items_have_the_ages_that_the_letter_gives_them_and_stay_within_their_list():
    own = Counter(one.list for one in LAW.entries("method", Method) if one.age_note and one.list in LETTER)
    assert own == OF_THEIR_OWN_AGE
    for of, items in method_lists(LAW):
        for one in items:
            assert one.from_months or one.to_months or not one.age_note, one.code
            assert 0 <= one.from_months < (one.to_months or ADULT) <= ADULT, one.code
            end = ADULT if of.also_when else of.ends_at
            assert of.from_months <= (one.from_months or of.from_months) < end, one.code
            assert (one.to_months or of.ends_at) <= end, one.code


@pytest.mark.parametrize(
    ("code", "bounds"),
    [
        ("7.1.01", (0, 12)), ("7.1.05", (3, 0)), ("7.1.12", (12, 0)), ("7.1.16", (18, 0)),
        ("8.1.10", (48, 0)), ("8.2.16", (72, 0)), ("8.3.20", (108, 0)), ("8.4.17", (144, 0)),
        ("8.4.22", (156, 0)), ("8.4.26", (0, 144)), ("8.4.29", (180, 0)), ("9.13", (0, 24)), ("9.19", (24, 0)),
    ],
)  # fmt: skip
def test_an_age_of_an_item(code, bounds):
    found = LAW.entry("method", Method, code)
    assert (found.from_months, found.to_months) == bounds, found.title


def test_bayley_is_listed_with_the_warning_and_nothing_else_is_called_italic():
    bayley = [one for one in LAW.entries("method", Method) if "Bayley" in one.title]
    assert len(bayley) == 1
    assert "не рекомендует" in bayley[0].warning
    assert "два чтения" in bayley[0].warning
    told = [one for one in LAW.entries("method", Method) if one.preliminary]
    assert len(told) == 16
    assert all("разд." in one.note for one in told)


def test_every_clause_names_its_annex_or_section():
    for of, items in method_lists(LAW):
        place = f"прил.\u00a0{of.annex}" if of.annex else "разд.\u00a0"
        assert place in of.clause
        assert all(one.clause == of.clause and one.source == "letter" for one in items)


LIST = """[[method_list]]
code = "6.1"
title = "Пакет"
short = "Пакет"
clause = "письмо, прил. 6.1"
specialities = ["defectologist"]
from_months = 36
to_months = {ends}
items = 1
order = 1
"""
ITEM = """[[method]]
code = "6.1.01"
title = "Проба"
clause = "письмо, прил. 6.1"
list = "6.1"
order = 1
from_months = {starts}
to_months = 60
"""


@pytest.mark.parametrize(
    ("text", "read", "key"),
    [
        (LIST.format(ends=36), method_list, "to_months"),
        (LIST.format(ends=300), method_list, "to_months"),
        (LIST.format(ends=60) + "wider_to_months = 48\n", method_list, "wider_to_months"),
        (LIST.format(ends=60) + 'also_when = ["speech_level == 1"]\n', method_list, "also_when"),
        (ITEM.format(starts=72), method, "from_months"),
        (ITEM.format(starts=-1), method, "from_months"),
    ],
)
def test_a_wrong_age_is_refused_with_its_line(tmp_path, text, read, key):
    path = tmp_path / "2016" / "methods.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegulationError, match=rf"2016/methods\.toml:\d+.*key {key}"):
        read(read_file(path, ("method_list", "method"))[0])


def test_the_edition_of_2025_keeps_the_methods():
    later = edition("2025", date(2026, 11, 22))
    assert {one.code for one in later.entries("method", Method)} == {one.code for one in LAW.entries("method", Method)}
