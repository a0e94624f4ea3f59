"""Working days, ages and retention by the Russian calendar. Pure: every date is passed in.

Days off and official transfers come from the `holidays` package; `overrides` maps a day to True (works)
or False (does not) for what an organisation knows better: a region's holiday, a decree of this week.
"""

from __future__ import annotations

import calendar as _months
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

Overrides = Mapping[date, bool]
NBSP = "\u00a0"
ADULT_AGE = 18
RETENTION_CLAUSE = f"письмо ВК-1074/07, прил.{NBSP}2.14"


@lru_cache(maxsize=128)
def _year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off that are not plain weekends, and weekend days that a transfer has made working days."""
    country = holidays.country_holidays("RU", years=year)
    return frozenset(country), frozenset(getattr(country, "weekend_workdays", ()))


def is_working_day(day: date, overrides: Overrides | None = None) -> bool:
    """Whether the five-day working week of the production calendar works on `day` (C-14)."""
    if overrides and day in overrides:
        return overrides[day]
    off, working_weekends = _year(day.year)
    if day in working_weekends:
        return True
    return day.weekday() < 5 and day not in off


def is_holiday(day: date) -> bool:
    """Whether the country has a day off, beside plain weekends: also for those who work on Saturdays."""
    return day in _year(day.year)[0]


def next_working_day(day: date, overrides: Overrides | None = None) -> date:
    """`day` itself when it is a working day, otherwise the first working day after it."""
    while not is_working_day(day, overrides):
        day += timedelta(days=1)
    return day


def add_working_days(start: date, n: int, overrides: Overrides | None = None) -> date:
    """The last day of a term of `n` working days; the day of the event, `start`, is not counted.

    `n` = 0 gives `start` as it is. Raises ValueError for a negative `n`.
    """
    if n < 0:
        raise ValueError("a term cannot be negative")
    day = start
    for _ in range(n):
        day = next_working_day(day + timedelta(days=1), overrides)
    return day


def previous_working_day(day: date, overrides: Overrides | None = None) -> date:
    """`day` itself when it is a working day, otherwise the last working day before it."""
    while not is_working_day(day, overrides):
        day -= timedelta(days=1)
    return day


def last_working_day_of(start: date, value: int, unit: str, overrides: Overrides | None = None) -> date:
    """The working day by which a duty with a term of `value` days after `start` is surely done in time.

    A term of calendar days that ends on a day off is not prolonged: the duty ends on the working day before.
    Raises ValueError for a unit that is not `working_days` or `calendar_days`.
    """
    if unit == "working_days":
        return add_working_days(start, value, overrides)
    if unit == "calendar_days":
        return previous_working_day(start + timedelta(days=value), overrides)
    raise ValueError(f"a term in {unit} has no last working day")


def working_days_between(start: date, end: date, overrides: Overrides | None = None) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is before `start`."""
    if end < start:
        return -working_days_between(end, start, overrides)
    days = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    return sum(1 for day in days if is_working_day(day, overrides))


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 1 March in a year that has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def birthday(birth: date, age: int) -> date:
    """The day on which a person born on `birth` is `age` years old."""
    return add_years(birth, age)


def retention_date(birth: date, years_after_adulthood: int = 10) -> date:
    """The last day on which a child's card must be kept: ten years after the 18th birthday (C-11).

    Born on 29 February: the 18th birthday is 1 March of a common year, and the ten years run from it.
    Source: the letter, annex 2.14 (`RETENTION_CLAUSE`).
    """
    return add_years(birthday(birth, ADULT_AGE), years_after_adulthood)


def youngest_due(on: date, years_after_adulthood: int = 10) -> date:
    """The latest birth date whose cards need not be kept any more on a day; nobody born later is due."""
    born = add_years(on, -(ADULT_AGE + years_after_adulthood))
    while retention_date(born, years_after_adulthood) >= on:
        born -= timedelta(days=1)
    return born


@dataclass(frozen=True, slots=True, order=True)
class Age:
    """Whole years, then whole months, then days."""

    years: int
    months: int
    days: int

    @property
    def total_months(self) -> int:
        """Whole months of life."""
        return self.years * 12 + self.months

    def __str__(self) -> str:
        """«6 лет 10 мес.»; under a year «10 мес.», under a month «12 дн.»; non-breaking spaces inside."""
        if not self.total_months:
            return f"{self.days}{NBSP}дн."
        parts = []
        if self.years:
            parts.append(f"{self.years}{NBSP}{_years_word(self.years)}")
        if self.months:
            parts.append(f"{self.months}{NBSP}мес.")
        return NBSP.join(parts)


def _years_word(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "год"
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return "года"
    return "лет"


def age_on(birth: date, on: date) -> Age:
    """The age on a day. A month without the day of birth is full on the first of the next month.

    Raises ValueError when `on` is before `birth`.
    """
    if on < birth:
        raise ValueError("the day is before the birth")
    months = (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day)
    return Age(months // 12, months % 12, (on - _add_months(birth, months)).days)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= _months.monthrange(year, month + 1)[1]:
        return date(year, month + 1, day.day)
    year, month = divmod(year * 12 + month + 1, 12)
    return date(year, month + 1, 1)
