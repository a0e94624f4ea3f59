"""Pages of conclusions brought to a school and of their conditions."""

from .conclusions import add, answer, brought, brought_edit, brought_new, end, scan, shelf
from .conditions import duty, duty_list, mark, remove

__all__ = [
    "add",
    "answer",
    "brought",
    "brought_edit",
    "brought_new",
    "duty",
    "duty_list",
    "end",
    "mark",
    "remove",
    "scan",
    "shelf",
]
