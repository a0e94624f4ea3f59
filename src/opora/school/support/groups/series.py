"""The days of a series of lessons, and the topics laid on them in their order. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

Key = TypeVar("Key")
MOST = 200  # lessons of one group that one press makes
SHORTEST, LONGEST = 5, 240  # minutes of a lesson
DAY = timedelta(days=1)


@dataclass(frozen=True)
class SeriesDays:
    """`days` in order; `skipped` would have been days of the series, but nobody works; `missing` found no room."""

    days: list[date]
    skipped: list[date]
    missing: int


def series_days(
    first: date, last: date, weekdays: Collection[int], count: int, works: Callable[[date], bool]
) -> SeriesDays:
    """Days of `count` lessons on the weekdays (1 is Monday) from `first`, not after `last`; days off are skipped."""
    days: list[date] = []
    skipped: list[date] = []
    day = first
    while weekdays and day <= last and len(days) < min(count, MOST):
        if day.isoweekday() in weekdays:
            (days if works(day) else skipped).append(day)
        day += DAY
    return SeriesDays(days, skipped, max(count - len(days), 0))


def lessons_of(hours: Decimal) -> int:
    """How many lessons a topic takes: one for each hour, one at least."""
    return max(1, int(hours.quantize(Decimal(1), ROUND_HALF_UP)))


def lay_topics(topics: Sequence[tuple[Key, Decimal]], taken: Mapping[Key, int], count: int) -> list[Key | None]:
    """Topics of `count` further lessons: each as often as its hours say, less the lessons that it has already."""
    ahead = [key for key, hours in topics for _ in range(max(lessons_of(hours) - taken.get(key, 0), 0))]
    return [ahead[number] if number < len(ahead) else None for number in range(count)]
