"""`python -m tests.trust.terms`: a thousand withdrawals, May 2016 to 2030, against a slow and independent count.

Promised: the last day of the term is a working day, at most ten working days and thirty calendar days after the
receipt, and not a day earlier than it need be. And a card is never due before ten years after the eighteenth birthday.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

FIRST, LAST = date(2016, 5, 23), date(2030, 12, 31)  # the letter of 23.05.2016 is the first edition
WORKING, CALENDAR = 10, 30
TRIALS = 1000
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Figures:
    trials: int
    across_holidays: int
    leap_days: int
    wrong: list[str]


def works(day: date) -> bool:
    """The production calendar asked in another way than the product asks it: one day at a time."""
    of_year = holidays.RU(years=[day.year])
    if day in of_year.weekend_workdays:
        return True
    return day.isoweekday() not in (6, 7) and of_year.get(day) is None


def slow_stop(received: date, known: dict[date, bool]) -> date:
    """Count days off one by one; afterwards go back from the calendar bound if it comes first."""

    def is_open(day: date) -> bool:
        if day not in known:
            known[day] = works(day)
        return known[day]

    left, day = WORKING, received
    while left:
        day += DAY
        left -= is_open(day)
    bound = received + CALENDAR * DAY
    while not is_open(bound):
        bound -= DAY
    return min(day, bound)


def slow_retention(birth: date) -> date:
    """Eighteen birthdays, one after another, then ten years from the last of them, day by day.

    Whoever is born on 29 February comes of age on 1 March of a common year, and the ten years run from there.
    """
    return _after_years(_after_years(birth, 18), 10)


def _after_years(start: date, years: int) -> date:
    day, left = start, years
    while left:
        day += DAY
        leapt = (start.month, start.day) == (2, 29) and (day.month, day.day) == (3, 1) and not _is_leap(day.year)
        left -= leapt or (day.month, day.day) == (start.month, start.day)
    return day


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days(chance: random.Random, count: int) -> list[date]:
    """Random days; every tenth stands right before a cluster of holidays, every fortieth is a leap day."""
    span, found = (LAST - FIRST).days, []
    for number in range(count):
        day = FIRST + timedelta(days=chance.randint(0, span))
        if number % 40 == 0:
            day = date(chance.choice((2020, 2024, 2028)), 2, 29)
        elif number % 10 == 0:
            day = chance.choice((date(day.year, 12, chance.randint(15, 31)), date(day.year, 4, chance.randint(20, 30))))
        found.append(day)
    return found


def run(count: int = TRIALS, seed: int = 152) -> Figures:
    """Try so many withdrawals and as many birth dates."""
    from opora.people.consents.terms import stop_term
    from opora.regulations.calendar import retention_date, youngest_due

    chance, known, wrong = random.Random(seed), dict[date, bool](), list[str]()
    across = leaps = 0
    for received in days(chance, count):
        signed = received - timedelta(days=chance.randint(0, 2000))
        found, slow = stop_term(received, signed).on, slow_stop(received, known)
        across += (slow - received).days > 14
        leaps += (received.month, received.day) == (2, 29)
        if found != slow or not works(found):
            wrong.append(f"withdrawn {received}, signed {signed}: {found} instead of {slow}")
    births = [date(2000, 2, 29), date(2004, 2, 29), date(2008, 2, 29), *days(chance, count // 20)]
    for birth in births:
        slow = slow_retention(birth)
        if retention_date(birth) != slow:
            wrong.append(f"born {birth}: kept until {retention_date(birth)} instead of {slow}")
        if youngest_due(slow) >= birth or youngest_due(slow + DAY) < birth:
            wrong.append(f"born {birth}: due on another day than {slow + DAY}")
    return Figures(count, across, leaps, wrong)


def main() -> int:
    import django

    django.setup()
    figures = run()
    print(f"withdrawals: {figures.trials}, of them across holidays: {figures.across_holidays}, ", end="")
    print(f"on a leap day: {figures.leap_days}; wrong or late: {len(figures.wrong)}")
    print("\n".join(figures.wrong[:20]))
    return 1 if figures.wrong else 0


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opora.config.settings.test")
    sys.exit(main())
