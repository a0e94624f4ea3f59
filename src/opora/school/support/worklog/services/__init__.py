"""The daily log: entries, drafts, lessons."""

from .drafts import cut_off, draft_drop, draft_keep
from .entries import Why, entry_change, entry_record, entry_remove
from .lessons import attendance_set, lesson_log
from .writing import ChildWork, Work

__all__ = [
    "ChildWork",
    "Why",
    "Work",
    "attendance_set",
    "cut_off",
    "draft_drop",
    "draft_keep",
    "entry_change",
    "entry_record",
    "entry_remove",
    "lesson_log",
]
