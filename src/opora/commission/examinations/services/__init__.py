"""The one door for writes of this room, and what it gives to the rooms above."""

from ..protocol import PresentMember, SpecialistPart, present_members, protocol_parts
from .sessions import (
    composition_on,
    day_list_sync,
    member_set_present,
    session_close,
    session_plan,
    session_reopen,
    session_start,
)
from .sheets import (
    READERS_ONLY,
    child_here_set,
    examination_finish,
    examination_reopen,
    examination_start,
    may_write,
    section_write,
    sheet_of,
)
from .steps import case_discuss, case_reexamine, obstacles
from .visits import case_arrive, conclusion_due, visit_add, visit_arrive, visit_miss, visit_release

__all__ = [
    "READERS_ONLY",
    "PresentMember",
    "SpecialistPart",
    "case_arrive",
    "case_discuss",
    "case_reexamine",
    "child_here_set",
    "composition_on",
    "conclusion_due",
    "day_list_sync",
    "examination_finish",
    "examination_reopen",
    "examination_start",
    "may_write",
    "member_set_present",
    "obstacles",
    "present_members",
    "protocol_parts",
    "section_write",
    "session_close",
    "session_plan",
    "session_reopen",
    "session_start",
    "sheet_of",
    "visit_add",
    "visit_arrive",
    "visit_miss",
    "visit_release",
]
