"""Pages of the room: the day, an entry, journals, the grid of a group, hours."""

from .day import add, children, day, draft, draft_drop, find, lesson
from .entry import change, entry, remove
from .grid import cell, grid
from .hours import hours
from .journals import (
    journal_all,
    journal_consultations,
    journal_diagnostics,
    journal_groups,
    journal_individual,
)

__all__ = [
    "add",
    "cell",
    "change",
    "children",
    "day",
    "draft",
    "draft_drop",
    "entry",
    "find",
    "grid",
    "hours",
    "journal_all",
    "journal_consultations",
    "journal_diagnostics",
    "journal_groups",
    "journal_individual",
    "lesson",
    "remove",
]
