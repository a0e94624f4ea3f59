"""Writing of support cards."""

from .deciding import decision_ask, vote_excuse, vote_give
from .leading import lead_change
from .proposing import card_propose
from .writing import note_add, note_remove, section_write

__all__ = [
    "card_propose",
    "decision_ask",
    "lead_change",
    "note_add",
    "note_remove",
    "section_write",
    "vote_excuse",
    "vote_give",
]
