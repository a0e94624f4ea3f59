"""Lets the demonstration live through two years: services ask Django for the time, and here it is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch


@contextmanager
def moment(now: datetime) -> Iterator[None]:
    """Inside the block `timezone.now()` is `now` (aware). Only the demonstration does this."""
    with patch("django.utils.timezone.now", lambda: now):
        yield
