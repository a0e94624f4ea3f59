"""The one door for writes about social passports."""

from .beginning import class_passport_begin, comments_write, passport_drop, school_passport_begin
from .filling import children_count_set, fact_note, fact_tick, rest_fill
from .rows import passport_row_add, passport_row_change, passport_rows_provide
from .steps import (
    class_passport_accept,
    class_passport_return,
    class_passport_submit,
    passport_approve,
    passport_return,
    passport_submit,
)

__all__ = [
    "children_count_set",
    "class_passport_accept",
    "class_passport_begin",
    "class_passport_return",
    "class_passport_submit",
    "comments_write",
    "fact_note",
    "fact_tick",
    "passport_approve",
    "passport_drop",
    "passport_return",
    "passport_row_add",
    "passport_row_change",
    "passport_rows_provide",
    "passport_submit",
    "rest_fill",
    "school_passport_begin",
]
