"""Schedules are drawn up, approved and turned into lessons; timetables of classes are kept."""

from .drafting import day_copy, schedule_start, schedule_term_change, slot_add, slot_change, slot_remove, slots_copy
from .lessons import lessons_make
from .steps import schedule_approve, schedule_change, schedule_examine, schedule_return, schedule_submit
from .timetable import timetable_save

__all__ = [
    "day_copy",
    "lessons_make",
    "schedule_approve",
    "schedule_change",
    "schedule_examine",
    "schedule_return",
    "schedule_start",
    "schedule_submit",
    "schedule_term_change",
    "slot_add",
    "slot_change",
    "slot_remove",
    "slots_copy",
    "timetable_save",
]
