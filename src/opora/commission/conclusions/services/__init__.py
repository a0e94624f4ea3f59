"""Writes of conclusions: drafting, special opinions, signing and annulling, handing over."""

from .drafting import conclusion_draft, conclusion_fill, text_save, text_take
from .handing import handover_record, handover_send
from .opinions import opinion_add, opinion_withdraw
from .signing import conclusion_annul, conclusion_sign
from .taking import answers_take, offer_take

__all__ = [
    "answers_take",
    "conclusion_annul",
    "conclusion_draft",
    "conclusion_fill",
    "conclusion_sign",
    "handover_record",
    "handover_send",
    "offer_take",
    "opinion_add",
    "opinion_withdraw",
    "text_save",
    "text_take",
]
