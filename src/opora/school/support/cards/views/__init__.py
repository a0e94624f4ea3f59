"""Pages of support cards."""

from .asking import anew, close, excuse, propose, review, vote
from .file import card, card_list, lead, note_add, note_remove, section_earlier, section_save

__all__ = [
    "anew",
    "card",
    "card_list",
    "close",
    "excuse",
    "lead",
    "note_add",
    "note_remove",
    "propose",
    "review",
    "section_earlier",
    "section_save",
    "vote",
]
