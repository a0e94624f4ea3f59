"""What is printed of a schedule: the snapshot of the form `work_schedule`.

Every value is a text ready for the paper; captions stand in the form. The same content is built for a draft and frozen
at the approval, so a later print of an approved version says what was approved. No child is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict

from opora.foundation.ui.typography import NBSP

from ..groups.conflicts import clock, minute_of
from .models import ScheduleSlot, Weekday, WorkSchedule
from .totals import Totals, totals_of

FORM = "work_schedule"


class SlotLine(TypedDict):
    """`weeks` is empty for a slot of every week, else «1-я, 3-я, 5-я неделя графика»."""

    time: str
    kind: str
    group: str
    cabinet: str
    weeks: str
    note: str


class DayPart(TypedDict):
    """A day of the week; one without slots is left out."""

    title: str
    lines: list[SlotLine]


class KindLine(TypedDict):
    """Hours a week of one kind: «6 ч 40 мин»."""

    kind: str
    hours: str


class ScheduleApproval(TypedDict):
    """The block «УТВЕРЖДАЮ»; `day` is ISO, `director` and `day` are empty before the approval."""

    organisation: str
    director: str
    day: str


class WorkScheduleContent(TypedDict):
    """The paper: `period` is «циклограмма недели» and its like, days are ISO, `deviations` compare with the norm."""

    title: str
    period: str
    starts_on: str
    ends_on: str
    name: str
    position: str
    version: int
    reason: str
    approval: ScheduleApproval
    days: list[DayPart]
    totals: list[KindLine]
    total: str
    deviations: list[str]


def schedule_content(
    schedule: WorkSchedule, slots: Sequence[ScheduleSlot] | None = None, *, version: int = 0, director: str = ""
) -> WorkScheduleContent:
    """The paper of today's data. `version` is 0 for a draft, `director` who approves it."""
    every = list(slots if slots is not None else schedule.slots.select_related("group", "cabinet"))
    totals = totals_of(schedule, every)
    approved = schedule.approved_on.isoformat() if version and schedule.approved_on else ""
    return {
        "title": "График работы специалиста Службы сопровождения",
        "period": str(schedule.get_period_display()),
        "starts_on": schedule.starts_on.isoformat(),
        "ends_on": schedule.ends_on.isoformat(),
        "name": schedule.position.user.full_name,
        "position": schedule.position.inner_caption,
        "version": version,
        "reason": schedule.change_reason,
        "approval": {"organisation": schedule.organisation.full_name, "director": director, "day": approved},
        "days": list(_days(every)),
        "totals": [{"kind": one.label, "hours": one.words} for one in totals.kinds],
        "total": totals.words,
        "deviations": _deviations(totals),
    }


def _days(slots: Sequence[ScheduleSlot]) -> Iterable[DayPart]:
    for weekday in Weekday:
        lines = [_line(one) for one in slots if one.weekday == weekday]
        if lines:
            yield {"title": str(weekday.label), "lines": lines}


def _line(slot: ScheduleSlot) -> SlotLine:
    return {
        "time": clock(minute_of(slot.starts_at), minute_of(slot.ends_at)),
        "kind": str(slot.get_kind_display()),
        "group": slot.group.title if slot.group else "",
        "cabinet": str(slot.cabinet) if slot.cabinet else "",
        "weeks": "" if slot.weeks == ScheduleSlot.Weeks.EVERY else str(slot.get_weeks_display()),
        "note": slot.note,
    }


def _deviations(totals: Totals) -> list[str]:
    return [f"{one.title}{NBSP}— {one.words}" for one in totals.deviations]
