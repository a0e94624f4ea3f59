"""How the room above takes a child from here to a meeting: it gives its addresses, this room never imports it.

`offer_meetings` is called once, in a `panels.py` above. `of_concern(concern)` says where a concern stands on the way
to a meeting, None when there is no way any more; `of_results()` is the page that takes `?result=<public_id>` of results
of screenings, any number of them, and puts their children on a planned one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .models import Concern


@dataclass(frozen=True)
class Way:
    """The page to go to and what it is: a meeting to be called, one that is coming, a talk that `is_over`."""

    address: str
    words: str
    is_over: bool = False


_OF_CONCERN: list[Callable[[Concern], Way | None]] = []
_OF_RESULTS: list[Callable[[], str]] = []


def offer_meetings(*, of_concern: Callable[[Concern], Way | None], of_results: Callable[[], str]) -> None:
    """Say where meetings are called."""
    _OF_CONCERN[:], _OF_RESULTS[:] = [of_concern], [of_results]


def concern_way(concern: Concern) -> Way | None:
    """Where a concern stands on the way to a meeting; None where no room offers it, or the pupil has left."""
    return _OF_CONCERN[0](concern) if _OF_CONCERN else None


def results_meeting_address() -> str:
    """Where children of ticked results are put on a meeting; empty where no room offers it."""
    return _OF_RESULTS[0]() if _OF_RESULTS else ""
