"""What stands in upper rooms on days that become days off: lessons of groups.

The arrow is turned round as in `foundation/ui/panels.py`: an upper room registers its answer in its `standing.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from opora.foundation.organisations.models import Organisation

from .models import DayOff
from .reading import days_of


@dataclass(frozen=True)
class Standing:
    """How many things stand on the days, the forms of their noun («занятие,занятия,занятий»), where they are seen."""

    count: int
    noun: str
    page: str


Answer = Callable[[Organisation, Collection[date]], Standing]
_ANSWERS: list[Answer] = []


def tells_standing(answer: Answer) -> Answer:
    """Register an answer: what a school has planned on the given days and not done yet."""
    _ANSWERS.append(answer)
    return answer


def standing_on(organisation: Organisation, added: Sequence[DayOff]) -> list[Standing]:
    """What each room has on the days off that were added; rooms with nothing are left out."""
    days = _off(organisation, added)
    told = [answer(organisation, days) for answer in _ANSWERS] if days else []
    return [one for one in told if one.count]


def _off(organisation: Organisation, added: Sequence[DayOff]) -> set[date]:
    if not added:
        return set()
    calendar = days_of(organisation, min(one.starts_on for one in added), max(one.ends_on for one in added))
    every = (one.starts_on + timedelta(days=n) for one in added for n in range((one.ends_on - one.starts_on).days + 1))
    return {day for day in every if not calendar.is_school_day(day)}
