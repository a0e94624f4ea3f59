"""The road to a meeting as data."""

from __future__ import annotations

from datetime import date

import pytest

from opora.regulations.edition import edition
from opora.regulations.signals.asking import (
    first_steps,
    last_day,
    level_meant,
    screening_kinds,
    sign_titles,
    signal_terms,
    signs,
    table_is_whole,
)

LAW = edition("2016")


def test_every_step_has_a_term_for_every_urgency_and_every_level_its_words():
    assert table_is_whole(LAW)
    assert table_is_whole(edition("2025"))


def test_terms_and_first_steps_are_practice_and_are_never_told_as_law():
    assert not any(one.is_law for one in (*signal_terms(LAW).values(), *first_steps(LAW)))


def test_the_three_kinds_of_screening_are_those_of_the_recommendations():
    assert [one.code for one in screening_kinds(LAW)] == ["testing", "mental_health", "other"]
    assert all(one.is_law for one in screening_kinds(LAW))


def test_each_sign_of_the_recommendations_is_offered():
    assert {"parents", "peers", "unsure", "anxiety", "depression", "loss", "destructive", "crisis_state"} <= set(
        sign_titles(LAW)
    )
    assert all("Методические рекомендации по ИПС" in one.clause for one in signs(LAW))


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("Особое внимание", "special"), (" ГРУППА  РИСКА ", "special"), ("Повышенное", "raised"), ("2", "raised"),
        ("норма.", "ordinary"), ("special", "special"), ("непонятно", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_cell_of_a_table_means_a_level_or_nothing(cell: str, level: str):
    assert level_meant(LAW, cell) == level


def test_what_cannot_wait_is_looked_at_the_same_day_and_the_rest_in_working_days():
    saturday, monday = date(2026, 11, 21), date(2026, 11, 23)

    assert last_day(saturday, 0) == saturday
    assert last_day(monday, 2) == date(2026, 11, 25)
    assert last_day(saturday, 2) == date(2026, 11, 25)
