"""The statute of the support service: counts of the source, sums of the passport that agree and that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.regulations.edition import edition, edition_codes
from opora.regulations.service.reading import (
    analysis_sections,
    group_limits,
    hour_norms,
    passport_mismatches,
    passport_rows,
    passport_sections,
    passport_sums,
    plan_columns,
    plan_kinds,
    service_directions,
    service_papers,
)

LAW = edition("2016")


@pytest.mark.parametrize("code", edition_codes())
def test_statute_gives_four_directions_seven_papers_and_four_plans(code: str) -> None:
    law = edition(code)
    assert [one.code for one in service_directions(law)] == ["diagnostics", "correction", "education", "methods"]
    assert len(service_papers(law)) == 7
    assert [one.code for one in service_papers(law) if one.approved_by == "director"] == ["plan", "schedule"]
    assert [(one.code, one.grows_from) for one in plan_kinds(law)] == [
        ("perspective", ""), ("year", "perspective"), ("month", "year"), ("week", "month"),
    ]  # fmt: skip
    assert plan_columns(law)


def test_norms_of_other_acts_are_never_shown_as_law() -> None:
    for one in (*hour_norms(LAW), *group_limits(LAW)):
        assert not one.is_law
        assert "не сверено" in one.note
    assert {one.code for one in group_limits(LAW, "psychologist")} == {"any", "subgroup", "training"}


def test_passport_has_the_rows_that_schools_keep_apart() -> None:
    rows = {one.code: one for one in passport_rows(LAW)}
    assert {one.section for one in rows.values()} == {one.code for one in passport_sections(LAW)}
    assert {"foster", "guardianship", "town", "village", "socially_dangerous", "special_operation"} <= set(rows)
    assert rows["many_children"].counted_from == "family.children:3"
    assert rows["boys"].of_family is False
    assert rows["free_meals"].counted_from == ""


def test_every_row_stands_in_a_sum() -> None:
    sums = passport_sums(LAW)
    summed = {code for one in sums for code in one.parts} | {one.total for one in sums}
    assert {one.code for one in passport_rows(LAW)} == summed


@given(st.integers(0, 900), st.integers(0, 900), st.integers(-3, 3))
def test_boys_and_girls_are_all_pupils_or_the_row_is_named(boys: int, girls: int, error: int) -> None:
    figures = {
        "all_pupils": {"pupils": boys + girls + max(error, -(boys + girls))},
        "boys": {"pupils": boys},
        "girls": {"pupils": girls},
    }
    found = passport_mismatches(LAW, figures)
    wrong = figures["all_pupils"]["pupils"] - boys - girls
    assert [(one.rule.code, one.row, one.difference) for one in found if one.rule.code == "sexes"] == (
        [("sexes", "all_pupils", -wrong)] if wrong else []
    )


def test_a_part_greater_than_the_whole_is_named_in_its_counter() -> None:
    figures = {
        "all_pupils": {"families": 10, "children": 20, "pupils": 12},
        "low_income": {"families": 11, "children": 20, "pupils": 12},
    }
    found = passport_mismatches(LAW, figures)
    assert [(one.row, one.counter, one.total, one.parts) for one in found] == [("low_income", "families", 10, 11)]


def test_a_sum_is_not_asked_where_a_part_is_not_counted() -> None:
    figures = {"all_pupils": {"families": 3}, "town": {"families": 1}}
    assert passport_mismatches(LAW, figures) == ()


def test_sections_of_the_analysis_follow_the_directions() -> None:
    codes = [one.code for one in analysis_sections(LAW)]
    assert codes[0] == "staff"
    assert [code for code in codes if code in {one.code for one in service_directions(LAW)}] == [
        "diagnostics", "correction", "education", "methods",
    ]  # fmt: skip
    assert codes[-2:] == ["problems", "next"]
