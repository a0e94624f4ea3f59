"""Consents: written down, withdrawn, carried out."""

from ..terms import processing_stops_on, stop_term
from .carrying_out import withdrawal_carry_out, withdrawal_clear_again
from .recording import CLAUSES, SHORT_TITLES, consent_record, consents_in_force
from .withdrawing import consent_withdraw, withdrawal_lift

__all__ = [
    "CLAUSES",
    "SHORT_TITLES",
    "consent_record",
    "consent_withdraw",
    "consents_in_force",
    "processing_stops_on",
    "stop_term",
    "withdrawal_carry_out",
    "withdrawal_clear_again",
    "withdrawal_lift",
]
