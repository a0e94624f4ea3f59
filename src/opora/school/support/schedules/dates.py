"""A schedule laid on dates: a month with its days off, and the lessons that its slots make in a term."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from opora.foundation.accounts.actors import Actor

from ..groups.conflicts import Conflict, Wanted, lesson_conflicts
from ..groups.models import Group, Lesson
from ..groups.series import MOST, lessons_of
from ..schoolyear.reading import Days, days_of
from .models import ScheduleSlot, WorkSchedule
from .totals import hours_words
from .weeks import answered, falls_on, monday_of, slot_days, week_number

WEEKDAYS = 6


@dataclass(frozen=True)
class MonthDay:
    """`why_off` is empty on a day of work; a day out of the month or the term has `is_outside`."""

    day: date
    is_outside: bool
    why_off: str
    slots: list[ScheduleSlot]

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.slots)


@dataclass(frozen=True)
class MonthWeek:
    """`number` counts the weeks of the schedule."""

    number: int
    days: list[MonthDay]

    @property
    def hours(self) -> str:
        minutes = sum(one.minutes for one in self.days)
        return hours_words(minutes) if minutes else ""


def month_of(schedule: WorkSchedule, slots: Sequence[ScheduleSlot], month: date) -> list[MonthWeek]:
    """The weeks of a month, Monday to Friday, with Saturday where somebody works then; two queries for the days off."""
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    last = following - timedelta(days=1)
    calendar = days_of(schedule.organisation, month, last)
    weeks, monday = [], monday_of(month)
    worked = [day for day in calendar.between(month, last) if day.isoweekday() == WEEKDAYS]
    width = WEEKDAYS if worked or any(one.weekday == WEEKDAYS for one in slots) else WEEKDAYS - 1
    while monday <= last:
        days = [monday + timedelta(days=number) for number in range(width)]
        inside = [day for day in days if month <= day <= last]
        if inside:
            number = week_number(schedule.starts_on, monday)
            weeks.append(MonthWeek(number, [_day(schedule, slots, day, day in inside, calendar) for day in days]))
        monday += timedelta(days=7)
    return weeks


def _day(
    schedule: WorkSchedule, slots: Sequence[ScheduleSlot], day: date, is_inside: bool, calendar: Days
) -> MonthDay:  # fmt: skip
    if not is_inside or not schedule.starts_on <= day <= schedule.ends_on:
        return MonthDay(day, True, "", [])
    why = calendar.why_off(day)
    number = week_number(schedule.starts_on, day)
    held = [one for one in slots if one.weekday == day.isoweekday() and falls_on(one.weeks, number)]
    return MonthDay(day, False, why, [] if why else held)


@dataclass
class GroupLessons:
    """The lessons of one group that a schedule makes: `refused` ones meet something.

    `known` ones stand already, were moved to a time nearby or cancelled: none of them is made anew.
    """

    group: Group
    wanted: list[Wanted] = field(default_factory=list)
    refused: list[tuple[Wanted, Conflict]] = field(default_factory=list)
    known: int = 0
    days_off: int = 0
    over_plan: int = 0


def lessons_ahead(actor: Actor, schedule: WorkSchedule, since: date) -> Iterator[GroupLessons]:
    """What the slots with the owner's groups make from a day to the end of the schedule; nothing is saved.

    Each group is looked at when it is asked for: it sees the lessons that were made of the one before it.
    """
    start = max(since, schedule.starts_on)
    calendar = days_of(schedule.organisation, schedule.starts_on, max(start, schedule.ends_on))
    for group, slots in groups_of(schedule):
        yield _of_group(actor, schedule, group, slots, start, calendar)


def groups_of(schedule: WorkSchedule) -> list[tuple[Group, list[ScheduleSlot]]]:
    """The open groups that the owner of a schedule leads, each with its slots; one query."""
    own = schedule.slots.filter(group__closed_on__isnull=True, group__leader__user=schedule.position.user_id)
    found: dict[int, tuple[Group, list[ScheduleSlot]]] = {}
    for slot in own.select_related("group__leader__user", "group__organisation", "group__material", "cabinet"):
        if slot.group is not None:
            found.setdefault(slot.group.pk, (slot.group, []))[1].append(slot)
    return list(found.values())


def _of_group(
    actor: Actor, schedule: WorkSchedule, group: Group, slots: list[ScheduleSlot], start: date, calendar: Days
) -> GroupLessons:
    answer = GroupLessons(group)
    met_by = _meetings(schedule, group, slots)
    lessons = list(Lesson.objects.filter(group=group).values_list("on", "starts_at", "cancelled_on"))
    known = answered([*met_by], [(on, at) for on, at, _ in lessons])
    every: list[Wanted] = []
    for (day, at), slot in sorted(met_by.items(), key=lambda one: one[0]):
        if day < start:
            continue
        if not calendar.is_school_day(day):
            answer.days_off += 1
        elif (day, at) in known:
            answer.known += 1
        else:
            every.append(Wanted(day, at, slot.minutes, slot.cabinet or group.cabinet))
    free: list[Wanted] = []
    for one, met in zip(every, lesson_conflicts(actor, group, every), strict=True):
        if met:
            answer.refused.append((one, met[0]))
        else:
            free.append(one)
    planned = sum(cancelled is None for *_, cancelled in lessons)
    room = min(max(lessons_of(group.hours) - planned, 0), MOST) if group.hours else MOST
    answer.wanted, answer.over_plan = free[:room], len(free[room:])
    return answer


def _meetings(schedule: WorkSchedule, group: Group, slots: list[ScheduleSlot]) -> dict[tuple[date, time], ScheduleSlot]:
    """When a group meets by its slots in the term that it shares with the schedule."""
    first, last = max(schedule.starts_on, group.starts_on), min(schedule.ends_on, group.ends_on)
    return {
        (day, slot.starts_at): slot
        for slot in slots
        for day in slot_days(schedule.starts_on, last, slot.weekday, slot.weeks)
        if day >= first
    }
