"""Each named check on both sides: what it finds, and what it must leave alone."""

from __future__ import annotations

import pytest

from opora.regulations.checks.checking import checks_of
from opora.regulations.checks.entries import RULE_CODES
from opora.regulations.checks.rules import RULES

from . import cases_of_answers, cases_of_child, cases_of_required, cases_of_words
from .stories import FINE, LAW, Cases

CASES: Cases = {
    **cases_of_required.CASES, **cases_of_words.CASES, **cases_of_answers.CASES, **cases_of_child.CASES,
}  # fmt: skip


def test_a_conclusion_in_order_meets_no_check():
    assert FINE.codes() == set()


def test_every_check_has_both_sides_here_and_there_are_thirty_at_least():
    codes = [one.code for one in checks_of(LAW)]
    assert set(codes) == set(CASES)
    assert len(codes) >= 30
    assert all(found and left for found, left in CASES.values())


def test_every_rule_is_written():
    assert set(RULES) == RULE_CODES
    assert {one.code for one in checks_of(LAW) if one.kind == "rule"} == RULE_CODES


@pytest.mark.parametrize("code", CASES)
def test_it_is_found(code: str):
    for story in CASES[code][0]:
        assert code in story.codes(), story


@pytest.mark.parametrize("code", CASES)
def test_what_is_right_is_left_alone(code: str):
    for story in CASES[code][1]:
        assert code not in story.codes(), story
