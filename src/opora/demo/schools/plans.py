"""What happens to whom: a plan for each supported pupil, told before anything happens."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from opora.people.children.models import Child
from opora.regulations.calendar import is_working_day
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting
from opora.school.programmes.flow import Status
from opora.school.programmes.models import Programme
from opora.school.signals.models import Concern

from .pupils import Roll
from .texts import ANXIETY, CRISIS, TROUBLES, Trouble

# How many days ago the consilium decided on a programme that stands so today.
HELD_AGO = {
    Status.DRAFT: (4, 12), Status.FAMILY: (10, 20), Status.AGREED: (14, 24), Status.RUNNING: (30, 165),
    Status.FINISHED: (150, 380), Status.CONTINUED: (165, 185), Status.CANCELLED: (60, 300),
}  # fmt: skip
NEAR_THEIR_END = (166, 178)  # a programme of half a year that comes to its final meeting these weeks
LASTING = (Status.RUNNING, Status.FINISHED, Status.CONTINUED)
CONTROL_AFTER = timedelta(days=42)
LATELY = timedelta(days=25)


@dataclass
class Plan:
    """A pupil's way: a concern, the meeting that decides, the programme up to `stop`.

    `place` counts the pupils of the roll, which is not there yet; the rest is filled while the stories go on.
    """

    place: int
    roll: Roll
    stop: Status
    meeting_on: date
    trouble: Trouble = ANXIETY
    final_on: date | None = None
    at_risk: bool = False
    concern: Concern | None = None
    item: AgendaItem | None = None
    final_item: AgendaItem | None = None
    programme: Programme | None = None

    @property
    def child(self) -> Child:
        return self.roll.children[self.place]

    def settle(self) -> None:
        """Which trouble it is, in words about a boy or a girl."""
        trouble = CRISIS if self.at_risk else TROUBLES[self.place % len(TROUBLES)]
        self.trouble = trouble.about(boy=self.boy)

    @property
    def boy(self) -> bool:
        return self.child.sex == "male"


@dataclass
class Meeting:
    """A day of the consilium: those who are decided on, and those whose programme is looked at in the end."""

    day: date
    plans: list[Plan]
    finals: list[Plan]
    controls: list[Plan] = field(default_factory=list)
    row: ConsiliumMeeting | None = None


def workday(day: date, step: int = -1) -> date:
    """The nearest working day, backwards unless told otherwise."""
    while not is_working_day(day):
        day += timedelta(days=step)
    return day


def plans_of(
    roll: Roll, places: Sequence[int], stops: Sequence[Status], chance: random.Random, today: date
) -> list[Plan]:
    """A plan for each wanted end, oldest meetings first; a finished one has its final meeting."""
    found: list[Plan] = []
    for place, stop in zip(places, stops, strict=False):
        ago = NEAR_THEIR_END if stop == Status.RUNNING and len(found) % 6 == 5 else HELD_AGO[stop]
        day = workday(chance.choice(_school_days(today, *ago)))
        plan = Plan(place, roll, stop, day)
        if stop in (Status.FINISHED, Status.CONTINUED):
            plan.final_on = workday(min(day + timedelta(days=chance.randint(105, 130)), today - timedelta(days=8)))
        if stop == Status.CONTINUED:  # the draft that goes on from it is of these weeks
            plan.final_on = workday(today - timedelta(days=chance.randint(8, 20)))
        found.append(plan)
    return found


def _school_days(today: date, low: int, high: int) -> list[date]:
    """Days so long ago on which a school works, so that autumn's programmes do not all begin on one day; else any."""
    every = [today - timedelta(days=ago) for ago in range(low, high + 1)]
    return [day for day in every if not _is_summer(day)] or every


def _is_summer(day: date) -> bool:
    return (6, 10) < (day.month, day.day) < (9, 10)


def meetings_of(plans: list[Plan], today: date) -> list[Meeting]:
    """Every week of the school year has its day; each plan moves to the nearest, and never beyond today."""
    first = min(one.meeting_on for one in plans)
    days: list[date] = []
    day = first
    while day < today - timedelta(days=3):
        if not _is_summer(day) or day > today - LATELY:
            days.append(workday(day))
        day += timedelta(days=7)
    meetings = {one: Meeting(one, [], []) for one in days}
    for plan in plans:
        meant = plan.meeting_on
        plan.meeting_on = min(days, key=lambda one: abs(one - meant))
        meetings[plan.meeting_on].plans.append(plan)
        if plan.final_on:
            wanted = plan.final_on
            plan.final_on = min((one for one in days if one >= wanted), default=days[-1])
            meetings[plan.final_on].finals.append(plan)
        if plan.stop in LASTING:
            for day in _controls(plan, days):
                meetings[day].controls.append(plan)
    return [one for one in meetings.values() if one.plans or one.finals or one.controls]


def _controls(plan: Plan, days: list[date]) -> Iterator[date]:
    """The consilium looks at its recommendations after a month and a half, again and again until the end."""
    last = plan.meeting_on
    for day in days:
        if day >= last + CONTROL_AFTER and (plan.final_on is None or day < plan.final_on):
            yield day
            last = day
