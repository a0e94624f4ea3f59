"""Working days of real years, ages and retention."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.regulations.calendar import (
    Age,
    add_working_days,
    age_on,
    birthday,
    is_working_day,
    next_working_day,
    retention_date,
    working_days_between,
)

DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))
BIRTHS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 1, 8),
        date(2024, 4, 29),
        date(2024, 12, 31),
        date(2025, 5, 2),
        date(2025, 5, 8),
        date(2025, 6, 13),
        date(2025, 11, 3),
        date(2026, 1, 9),
        date(2026, 3, 9),
        date(2026, 5, 11),
        date(2026, 12, 31),
        date(2026, 11, 21),
    ],
)
def test_holidays_and_transferred_days_are_off(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [date(2024, 4, 27), date(2024, 11, 2), date(2024, 12, 28), date(2025, 11, 1), date(2026, 1, 12)],
)
def test_saturday_given_in_exchange_works(day: date) -> None:
    assert is_working_day(day)


def test_five_working_days_over_new_year() -> None:
    assert add_working_days(date(2025, 12, 29), 5) == date(2026, 1, 15)


def test_five_working_days_over_may() -> None:
    assert add_working_days(date(2026, 5, 7), 5) == date(2026, 5, 15)


def test_organisation_knows_better_than_the_calendar() -> None:
    friday = date(2026, 11, 20)
    assert add_working_days(friday, 1) == date(2026, 11, 23)
    assert add_working_days(friday, 1, {date(2026, 11, 21): True}) == date(2026, 11, 21)
    assert add_working_days(friday, 1, {date(2026, 11, 23): False}) == date(2026, 11, 24)


def test_term_cannot_be_negative_and_zero_changes_nothing() -> None:
    assert add_working_days(date(2026, 1, 3), 0) == date(2026, 1, 3)
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 1, 3), -1)


@given(DAYS, st.integers(1, 40))
def test_term_ends_on_a_working_day_and_counts_back(start: date, n: int) -> None:
    end = add_working_days(start, n)
    assert is_working_day(end)
    assert working_days_between(start, end) == n
    assert working_days_between(end, start) == -n


@given(DAYS, st.integers(0, 20), st.integers(0, 20))
def test_terms_add_up(start: date, a: int, b: int) -> None:
    assert add_working_days(add_working_days(start, a), b) == add_working_days(start, a + b)


@given(DAYS)
def test_next_working_day_is_near(day: date) -> None:
    found = next_working_day(day)
    assert is_working_day(found)
    assert timedelta(0) <= found - day <= timedelta(days=12)  # from 31.12.2025, a day off, to 12.01.2026


def test_card_is_kept_ten_years_after_adulthood() -> None:
    assert retention_date(date(2010, 5, 17)) == date(2038, 5, 17)
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert retention_date(date(2008, 2, 29)) == date(2036, 3, 1)


@given(BIRTHS)
def test_retention_is_never_shorter_than_the_law_asks(birth: date) -> None:
    end = retention_date(birth)
    assert age_on(birth, end).years == 28
    assert end.year == birth.year + 28


@pytest.mark.parametrize(
    ("birth", "on", "age", "text"),
    [
        (date(2020, 1, 21), date(2026, 11, 21), Age(6, 10, 0), "6\u00a0лет\u00a010\u00a0мес."),
        (date(2025, 11, 21), date(2026, 11, 21), Age(1, 0, 0), "1\u00a0год"),
        (date(2025, 11, 22), date(2026, 11, 21), Age(0, 11, 30), "11\u00a0мес."),
        (date(2023, 10, 21), date(2026, 11, 21), Age(3, 1, 0), "3\u00a0года\u00a01\u00a0мес."),
        (date(2026, 11, 9), date(2026, 11, 21), Age(0, 0, 12), "12\u00a0дн."),
        (date(2008, 2, 29), date(2026, 2, 28), Age(17, 11, 30), "17\u00a0лет\u00a011\u00a0мес."),
        (date(2008, 2, 29), date(2026, 3, 1), Age(18, 0, 0), "18\u00a0лет"),
        (date(2026, 1, 31), date(2026, 3, 1), Age(0, 1, 0), "1\u00a0мес."),
    ],
)
def test_age_in_years_months_and_days(birth: date, on: date, age: Age, text: str) -> None:
    assert age_on(birth, on) == age
    assert str(age) == text


@given(BIRTHS, st.integers(0, 9000))
def test_age_never_goes_back(birth: date, days: int) -> None:
    on = birth + timedelta(days=days)
    today, tomorrow = age_on(birth, on), age_on(birth, on + timedelta(days=1))
    assert today < tomorrow
    assert 0 <= today.months < 12
    assert 0 <= today.days < 31


def test_nobody_is_aged_before_birth() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        age_on(date(2026, 1, 2), date(2026, 1, 1))
