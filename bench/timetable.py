"""When each case was opened and examined, and where it stands today: a steady stream over the years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from opora.commission.cases.flow import Status

PER_ROOM = 7  # children a day in one room
YEARS = 4
WAITING = 21  # days between the application and the session
# The newest cases from the end of the row: how many stand where. Those under examination fill today's session.
NEWEST = ((Status.OPENED, 60), (Status.PAPERS, 100), (Status.READY, 60), (Status.BOOKED, 150))
DISCUSSED = 180  # ready to be signed: each run of «sign» uses one up
SIGNED = 60
FEWEST = sum(count for _, count in NEWEST) + DISCUSSED + SIGNED + 60


@dataclass(frozen=True)
class Turn:
    """Case number `at` in the row. `day` is that of the session, `seat` the place in it."""

    at: int
    status: Status
    opened: date
    day: date | None
    seat: int


@dataclass(frozen=True)
class Timetable:
    total: int
    per_day: int
    today: date

    @classmethod
    def of(cls, total: int, today: date) -> Timetable:
        return cls(total, max(PER_ROOM, -(-total // (YEARS * 250))), today)

    @property
    def rooms(self) -> int:
        return -(-self.per_day // PER_ROOM)

    def turns(self) -> Iterator[Turn]:
        """All cases in the order of their application."""
        unseen = sum(count for status, count in NEWEST if status != Status.BOOKED)
        first_today = self.total - unseen - dict(NEWEST)[Status.BOOKED] - self.per_day
        days = _working_days(self.today, -(-first_today // self.per_day), 40)
        for at in range(self.total):
            group, seat = divmod(at - first_today, self.per_day)
            left = self.total - at
            if left <= unseen:
                opened = self.today - timedelta(days=5 * left // unseen)
                yield Turn(at, self._status(left), opened, None, 0)
            else:
                day = days[group]
                opened = min(day - timedelta(days=WAITING), self.today - timedelta(days=6))
                yield Turn(at, self._status(left), opened, day, seat)

    def _status(self, left: int) -> Status:
        bound = 0
        stands = (*NEWEST, (Status.EXAMINATION, self.per_day), (Status.DISCUSSION, DISCUSSED), (Status.SIGNED, SIGNED))
        for status, count in stands:
            bound += count
            if left <= bound:
                return status
        return Status.HANDED


def _working_days(today: date, before: int, after: int) -> dict[int, date]:
    """Days of reception numbered from today, which is 0 even on a Sunday."""
    days = {0: today}
    for step, count in ((-1, before), (1, after)):
        day = today
        for number in range(1, count + 1):
            day += timedelta(days=step)
            while day.weekday() > 4:
                day += timedelta(days=step)
            days[step * number] = day
    return days
