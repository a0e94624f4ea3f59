"""Groups are begun, changed, closed; children join and leave; lessons are planned, moved, cancelled."""

from .groups import group_change, group_close, group_start
from .lessons import lesson_cancel, lesson_move, lessons_plan
from .members import member_join, member_leave, member_sum

__all__ = [
    "group_change",
    "group_close",
    "group_start",
    "lesson_cancel",
    "lesson_move",
    "lessons_plan",
    "member_join",
    "member_leave",
    "member_sum",
]
