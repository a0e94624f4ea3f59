"""Usual periods of a journal. Pure: the day is passed in."""

from __future__ import annotations

from datetime import date, timedelta

Period = tuple[date, date]


def month(day: date) -> Period:
    """First and last day of the month."""
    first = day.replace(day=1)
    return first, _next_month(first) - timedelta(days=1)


def previous_month(day: date) -> Period:
    """First and last day of the month before."""
    return month(day.replace(day=1) - timedelta(days=1))


def quarter(day: date) -> Period:
    """First and last day of the quarter."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, _next_month(first.replace(month=first.month + 2)) - timedelta(days=1)


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
