"""How near a term is."""

from __future__ import annotations

from datetime import date

SOON_DAYS = 3


def deadline(due_on: date | None, today: date) -> str:
    """«late», «soon» (three days) or «neutral»: the colour beside the word."""
    if due_on is None:
        return "neutral"
    if due_on < today:
        return "late"
    return "soon" if (due_on - today).days <= SOON_DAYS else "neutral"
