"""Vacations as schools usually set them: offered by one click, changed freely. Practice, no norm."""

from __future__ import annotations

from datetime import date, timedelta

from .reading import school_year

Vacation = tuple[str, date, date]
MONDAY, SUNDAY = 0, 6


def _monday_on_or_before(day: date) -> date:
    return day - timedelta(days=day.weekday())


def usual_vacations(year: int) -> tuple[Vacation, ...]:
    """Autumn, winter, spring and summer of the school year that begins in `year`.

    Autumn: the week of the 31st of October with the weekend before it; winter: from the 31st of December to the 8th of
    January; spring: the week of the 28th of March with the weekend before it; summer: from the 27th of May.
    """
    span = school_year(year)
    autumn = _monday_on_or_before(date(year, 10, 31)) - timedelta(days=2)
    spring = _monday_on_or_before(date(year + 1, 3, 28)) - timedelta(days=2)
    return (
        ("Осенние каникулы", autumn, autumn + timedelta(days=8)),
        ("Зимние каникулы", date(year, 12, 31), date(year + 1, 1, 8)),
        ("Весенние каникулы", spring, spring + timedelta(days=8)),
        ("Летние каникулы", date(year + 1, 5, 27), span.ends_on),
    )
