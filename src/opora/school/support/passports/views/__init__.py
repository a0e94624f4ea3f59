"""Pages of the room."""

from .beginning import class_begin, passport_list, school_begin
from .behind import behind, sum_page
from .filling import children_count, note, rest, sheet, tick
from .passport import comments, drop, passport
from .rows import row_add, row_edit, rows, rows_provide
from .steps import accept, approve, return_class, return_school, submit_class, submit_school

__all__ = [
    "accept",
    "approve",
    "behind",
    "children_count",
    "class_begin",
    "comments",
    "drop",
    "note",
    "passport",
    "passport_list",
    "rest",
    "return_class",
    "return_school",
    "row_add",
    "row_edit",
    "rows",
    "rows_provide",
    "school_begin",
    "sheet",
    "submit_class",
    "submit_school",
    "sum_page",
    "tick",
]
