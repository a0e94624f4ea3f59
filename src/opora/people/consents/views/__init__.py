"""Pages of consents."""

from .recording import consent_new, consent_withdrawal
from .withdrawals import act, carry_out, lift, scan, withdrawal, withdrawal_list

__all__ = ["act", "carry_out", "consent_new", "consent_withdrawal", "lift", "scan", "withdrawal", "withdrawal_list"]
