"""Writes of requests for information."""

from .deciding import disclosure_decide
from .receiving import disclosure_receive, recipient_by_name, scan_attach
from .sending import disclosure_acknowledge, disclosure_annul, disclosure_send

__all__ = [
    "disclosure_acknowledge",
    "disclosure_annul",
    "disclosure_decide",
    "disclosure_receive",
    "disclosure_send",
    "recipient_by_name",
    "scan_attach",
]
