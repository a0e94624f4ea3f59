"""Days that a school may mean: a year out of them is a slip of the pen, and arithmetic with it would fail."""

from __future__ import annotations

from datetime import date

from opora.foundation.access.refusals import Refusal

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


def year_require(day: date, field: str) -> None:
    """Raises Refusal, beside its field, for a day of no year that a school plans."""
    if not EARLIEST <= day <= LATEST:
        raise Refusal("year", "Проверьте год.", field=field)
