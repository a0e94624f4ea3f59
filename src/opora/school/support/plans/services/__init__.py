"""The one door for writes of plans."""

from .approving import plan_approve, plan_change, plan_examine, plan_return, plan_submit
from .drafting import plan_open, plan_remove, plan_words_set
from .growing import growable, plan_grow
from .lines import ItemSaved, item_add, item_change, item_drop, item_move, item_remove, item_restore
from .steps import may_write

__all__ = [
    "ItemSaved",
    "growable",
    "item_add",
    "item_change",
    "item_drop",
    "item_move",
    "item_remove",
    "item_restore",
    "may_write",
    "plan_approve",
    "plan_change",
    "plan_examine",
    "plan_grow",
    "plan_open",
    "plan_remove",
    "plan_return",
    "plan_submit",
    "plan_words_set",
]
