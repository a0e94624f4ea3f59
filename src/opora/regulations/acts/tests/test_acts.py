"""The legal register: annex 1 whole, every rule with its act, nothing unverified told as law."""

from __future__ import annotations

from datetime import date

import pytest

from opora.regulations.acts.entries import Act
from opora.regulations.acts.register import act_of, acts, citations, groundless, rules_of, standing
from opora.regulations.edition import Edition, edition, edition_codes

TODAY = date(2026, 11, 22)
ANNEX_1 = [
    "273-ФЗ", "1082", "1035", "1014", "1015", "1008", "292", "464", "1309", "1897", "1577", "413", "1578", "1598",
    "1599", "177", "1145", "32", "2", "986", "26", "1024н",
]  # fmt: skip


@pytest.fixture(params=edition_codes())
def law(request: pytest.FixtureRequest) -> Edition:
    return edition(request.param)


def test_annex_1_stands_whole_in_its_order_with_dates_and_numbers() -> None:
    listed = [one for one in acts(edition("2016")) if one.group == "annex_1"]
    assert [one.number for one in listed] == ANNEX_1
    for one in listed:
        assert one.signed is not None
        assert one.number in one.title
        assert str(one.signed.year) in one.title
        assert one.status == "in_force"


def test_every_rule_that_is_law_names_an_act_of_the_register(law: Edition) -> None:
    assert [(one.table, one.entry.code, one.entry.clause) for one in groundless(law)] == []


def test_no_act_carries_a_number_twice(law: Edition) -> None:
    numbers = [one.number for one in acts(law) if one.number]
    assert len(numbers) == len(set(numbers))


def test_a_clause_is_taken_apart_by_its_acts() -> None:
    law = edition("2025")
    found = citations(law, "письмо ВК-1074/07, разд. 2; прил. 3.1, вариант 2.2; приказ от 24.11.2022 № 1023")
    assert [(one.act, one.words.split(",")[0]) for one in found] == [
        ("letter_1074", "письмо ВК-1074/07"),
        ("letter_1074", "прил. 3.1"),
        ("order_1023", "приказ от 24.11.2022 № 1023"),
    ]
    assert citations(law, "практика комиссий") == ()
    assert [one.act for one in citations(law, "приказ от 09.01.2014 № 2")] == ["order_2"]
    assert [one.act for one in citations(law, "приказ от 09.01.2014 № 21")] == []


def test_most_rules_rest_on_the_letter_and_the_later_act_lists_its_own() -> None:
    law = edition("2025")
    assert len(rules_of(law, "letter_1074")) > 300
    assert {one.entry.code for one in rules_of(law, "order_1026")} == {"1599.1", "1599.2"}
    assert rules_of(law, "order_2") == ()


def test_the_statute_of_2013_is_replaced_and_says_by_what() -> None:
    old, new = edition("2016"), edition("2025")
    assert standing(old, act_of(old, "order_1082")).words == "действует"
    told = standing(new, act_of(new, "order_1082"))
    assert told.is_known
    assert told.words.replace("\u00a0", " ") == (
        "утратил силу, последний день — 28.02.2025; вместо него — приказ Минпросвещения России № 763"
    )


def test_what_is_recalled_of_an_act_is_never_told_as_its_status() -> None:
    law = edition("2025")
    told = standing(law, act_of(law, "order_1014"))
    assert (told.status, told.words, told.is_known) == ("unverified", "действие не сверено", False)
    assert told.recalled == "заменён другим документом"
    assert law.entry("act", Act, "order_1014").status == "in_force"  # the state of 2016, which the page does not tell


def test_an_act_that_nobody_has_checked_stands_in_the_register_as_such() -> None:
    law = edition("2025")
    assert "order_1022" not in law.tables["act"]
    assert not standing(law, act_of(law, "order_1022")).is_known


def test_an_unverified_entry_stands_in_no_table_of_the_edition_with_its_recalled_values() -> None:
    """The law as it is used: a recalled value is in the list of doubts and nowhere else."""
    old = edition("2016")
    for doubt in edition("2025").unverified:
        used = edition("2025").tables.get(doubt.table, {}).get(doubt.code)
        assert used == old.tables.get(doubt.table, {}).get(doubt.code)
        assert (used is not None) == doubt.inherited
        assert doubt.advice == "сверить с официальным текстом"


def test_rows_of_the_law_since_2016_are_dated_overrides() -> None:
    law = edition("2025", TODAY)
    assert law.term("leak_notice").value == 24
    assert law.term("gia_extra_time").value == 90
    assert law.term("own_medical_consent_age").is_law is False
    doubts = {one.code for one in law.unverified}
    assert {"consilium_protocol", "consilium_teachers_told", "consilium_planned_meetings"} <= doubts
    assert "consilium_protocol" not in law.tables["term"]


def test_a_recalled_entry_is_taken_over_when_it_is_confirmed() -> None:
    law = edition("2025").confirm("programme", "faop_ooo_7", clause="приказ № 1025, п. 1")
    assert law.programme("faop_ooo_7").source == "act"
    assert law.doubt("programme", "faop_ooo_7") is None
    asked = edition("2025").confirm("question", "forms", clause="приказ № 763, прил. 2")
    assert asked.doubt("question", "forms") is None
    with pytest.raises(KeyError):
        edition("2025").confirm("term", "nothing", clause="п. 1")
    with pytest.raises(TypeError):
        edition("2025").confirm("term", "conclusion_copy", clause="п. 1", colour=3)
