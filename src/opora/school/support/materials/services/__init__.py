"""The one door for writes of the bank."""

from .files import file_add, file_remove
from .keeping import material_review, material_save
from .steps import (
    material_approve,
    material_change,
    material_examine,
    material_restore,
    material_retire,
    material_return,
    material_submit,
    material_use,
    may_write,
)
from .topics import topic_change, topic_move, topic_remove, topics_add

__all__ = [
    "file_add",
    "file_remove",
    "material_approve",
    "material_change",
    "material_examine",
    "material_restore",
    "material_retire",
    "material_return",
    "material_review",
    "material_save",
    "material_submit",
    "material_use",
    "may_write",
    "topic_change",
    "topic_move",
    "topic_remove",
    "topics_add",
]
