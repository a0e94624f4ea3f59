"""Pages of plans: the list, a new plan, the sheet with its lines, the steps, versions side by side."""

from .beginning import plan_list, plan_new, plan_remove
from .lines import item_deed, line_add
from .sheet import plan_grow, plan_page, words_save
from .steps import approve, change, examine, give_back, submit
from .versions import versions

__all__ = [
    "approve",
    "change",
    "examine",
    "give_back",
    "item_deed",
    "line_add",
    "plan_grow",
    "plan_list",
    "plan_new",
    "plan_page",
    "plan_remove",
    "submit",
    "versions",
    "words_save",
]
