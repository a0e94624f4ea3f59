"""Pages of schedules and timetables."""

from .schedules import calendar, lessons, month, new, schedule, schedule_list, term
from .slots import check, copy, slot, slot_move, slot_new, slot_remove
from .steps import approve, change, examine, send_back, submit
from .timetables import timetable, timetables

__all__ = [
    "approve", "calendar", "change", "check", "copy", "examine", "lessons", "month", "new", "schedule",
    "schedule_list", "send_back", "slot", "slot_move", "slot_new", "slot_remove", "submit", "term", "timetable",
    "timetables",
]  # fmt: skip
