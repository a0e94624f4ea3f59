"""The daily sweeping: what is kept for a while only."""

from __future__ import annotations

from datetime import timedelta

from opora.foundation.entrance.cleaning import clean

from .schedule import Tell, work


@work("sweeping", "Уборка отслужившего", timedelta(days=1))
def sweep(tell: Tell) -> str:
    """Accepted forms, ended sessions, old tries to sign in; the same as `opora clean`."""
    return "удалено: " + ", ".join(f"{name} — {count}" for name, count in clean().items())
