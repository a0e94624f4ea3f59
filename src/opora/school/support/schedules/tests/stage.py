"""A half-year of Лариса: a schedule with slots, as she draws it up herself."""

from datetime import date, time
from typing import Any

from opora.school.support.schedules import services
from opora.school.support.schedules.models import ScheduleSlot, WorkSchedule
from tests.school_cast import SchoolCast

STARTS, ENDS = date(2026, 9, 7), date(2026, 12, 25)
TODAY = date(2026, 11, 21)


def begin(cast: SchoolCast, who: str = "larisa", **changes: Any) -> WorkSchedule:
    user = getattr(cast, who)
    actor = changes.pop("actor", cast.actor(user))
    usual = {"position": cast.post(user), "starts_on": STARTS, "ends_on": ENDS}
    copied = changes.pop("copied", None)
    made = services.schedule_start(actor=actor, **usual | changes)
    if copied is not None:
        services.slots_copy(actor=actor, schedule=made, source=copied)
    return made


def add(cast: SchoolCast, schedule: WorkSchedule, at: str = "9:00", to: str = "10:00", **changes: Any) -> ScheduleSlot:
    """The owner adds it on Monday, unless something else is given."""
    actor = changes.pop("actor", cast.actor(schedule.position.user))
    usual = {"weekday": 1, "starts_at": clock(at), "ends_at": clock(to), "kind": "methods"}
    return services.slot_add(actor=actor, schedule=schedule, **usual | changes)


def clock(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))
