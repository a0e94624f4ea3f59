"""Pages of groups, their children and lessons."""

from .groups import close, edit, group, group_list, new
from .lessons import cancel, lesson, series
from .members import join, leave, outcome

__all__ = [
    "cancel", "close", "edit", "group", "group_list", "join", "leave", "lesson", "new", "outcome", "series",
]  # fmt: skip
