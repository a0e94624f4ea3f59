"""Weeks of a schedule: which dates a slot falls on, and whether two slots meet in some week. Pure functions.

The first week is the one that holds the first day of the schedule; odd weeks are the 1st, 3rd, 5th of the schedule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, time, timedelta

EVERY, ODD, EVEN = "every", "odd", "even"
WEEK = timedelta(days=7)
Moment = tuple[date, time]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_number(start: date, day: date) -> int:
    """The number of a day's week in a schedule that begins at `start`; the first is 1."""
    return (monday_of(day) - monday_of(start)).days // 7 + 1


def falls_on(weeks: str, number: int) -> bool:
    """Whether a slot of such weeks is held in the week of that number."""
    return weeks == EVERY or (number % 2 == 1) is (weeks == ODD)


def slot_days(start: date, end: date, weekday: int, weeks: str) -> Iterator[date]:
    """The dates of a slot in a term, both ends counted; whether the school works then is asked elsewhere."""
    day = monday_of(start) + timedelta(days=weekday - 1)
    while day <= end:
        if day >= start and falls_on(weeks, week_number(start, day)):
            yield day
        day += WEEK


def meet(weeks: str, start: date, other_weeks: str, other_start: date) -> bool:
    """Whether slots of two schedules with the same weekday have a week in common, were both without an end."""
    if EVERY in (weeks, other_weeks):
        return True
    is_shifted = (monday_of(other_start) - monday_of(start)).days // 7 % 2 == 1
    return (weeks == other_weeks) is not is_shifted


def share_of(weeks: str) -> float:
    """How much of a week's minutes a slot takes on the average."""
    return 1.0 if weeks == EVERY else 0.5


def answered(meetings: Collection[Moment], lessons: Collection[Moment]) -> frozenset[Moment]:
    """Those of the meetings of a group that have their lesson: at the very time or, moved, less than a week away.

    A lesson stands for one meeting: for the nearest that no other lesson has taken. Lessons before the week of the
    first meeting and after that of the last belong to the schedules around this one.
    """
    if not meetings:
        return frozenset()
    days = [day for day, _ in meetings]
    first, end = monday_of(min(days)), monday_of(max(days)) + WEEK
    found = set(meetings) & set(lessons)
    left = sorted(set(meetings) - found)
    for day in sorted(day for day, at in set(lessons) if first <= day < end and (day, at) not in found):
        near = min(left, key=lambda one: abs(one[0] - day), default=None)
        if near is not None and abs(near[0] - day) < WEEK:
            left.remove(near)
            found.add(near)
    return frozenset(found)
