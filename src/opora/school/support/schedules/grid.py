"""The week as a grid: columns are days, rows are five minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..groups.conflicts import clock, minute_of
from ..schoolyear.reading import settings_of
from .conflicts import DAY_BEGINS, DAY_ENDS, STEP, slot_words
from .models import ScheduleSlot, Weekday, WorkSchedule

USUAL_FIRST, USUAL_LAST = 8, 17  # hours that the grid shows even when it is empty
KINDS = {
    "individual": "индивидуально", "group": "группа", "diagnostics": "диагностика", "consultation": "консультации",
    "education": "просвещение", "methods": "методическая",
}  # fmt: skip
SHORT = {1: "Пн", 2: "Вт", 3: "Ср", 4: "Чт", 5: "Пт", 6: "Сб"}


@dataclass(frozen=True)
class GridSlot:
    """A slot in its column: its row, its length in rows, its words."""

    slot: ScheduleSlot
    at: int
    rows: int

    @property
    def when(self) -> str:
        return clock(minute_of(self.slot.starts_at), minute_of(self.slot.ends_at))

    @property
    def words(self) -> str:
        return slot_words(self.slot)

    @property
    def kind(self) -> str:
        """A word that fits into a column; the whole one stands in the totals and on the paper."""
        return KINDS[self.slot.kind]

    @property
    def is_short(self) -> bool:
        return self.slot.minutes < 30


@dataclass(frozen=True)
class GridDay:
    weekday: int
    title: str
    short: str
    slots: list[GridSlot]


@dataclass(frozen=True)
class Grid:
    """`first` and `last` are hours; `hours` their marks with rows."""

    first: int
    last: int
    days: list[GridDay]

    @property
    def hours(self) -> list[tuple[str, int]]:
        return [(f"{hour}:00", (hour - self.first) * 60 // STEP + 1) for hour in range(self.first, self.last)]

    @property
    def count(self) -> int:
        return self.last - self.first


def grid_of(schedule: WorkSchedule, slots: Sequence[ScheduleSlot]) -> Grid:
    """Monday to Friday, and Saturday where the school works then or something stands there."""
    first = min([USUAL_FIRST, *(one.starts_at.hour for one in slots)])
    last = max([USUAL_LAST, *((minute_of(one.ends_at) + 59) // 60 for one in slots)])
    first, last = max(first, DAY_BEGINS.hour), min(last, DAY_ENDS.hour)
    with_saturday = settings_of(schedule.organisation).works_saturdays or any(one.weekday == 6 for one in slots)
    days = [day for day in Weekday if day != Weekday.SATURDAY or with_saturday]
    return Grid(first, last, [
        GridDay(day, str(day.label), SHORT[day], [_slot(one, first) for one in slots if one.weekday == day])
        for day in days
    ])  # fmt: skip


def _slot(slot: ScheduleSlot, first: int) -> GridSlot:
    start = minute_of(slot.starts_at) - first * 60
    return GridSlot(slot, start // STEP + 1, max(slot.minutes // STEP, 1))
