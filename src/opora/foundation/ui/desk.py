"""The desk: what waits today, what is late, what comes. Each room tells of its own work in its `desk.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor


@dataclass(frozen=True)
class Duty:
    """One row: whom it is about, what to do, until when, where. `on` None means today.

    An urgent one stands first in its list, in red.
    """

    who: str
    todo: str
    on: date | None
    address: str
    note: str = ""
    is_urgent: bool = False


Source = Callable[[Actor, date], Iterable[Duty]]
_SOURCES: list[tuple[str, Source]] = []
LIMIT = 30  # rows of one list on the screen
ENOUGH = LIMIT + 1  # what a source need load to show that there is more


def duties(action: str, source: Source) -> None:
    """Register a source of duties for those who may do `action`. It is asked with the actor and today's date."""
    _SOURCES.append((action, source))


@dataclass(frozen=True)
class Desk:
    """Three lists of duties, each sorted by date, with their full counts."""

    today: list[Duty]
    late: list[Duty]
    soon: list[Duty]


def desk_of(actor: Actor, today: date) -> Desk:
    """Collect the duties of an actor; a fixed number of queries for each source."""
    every = [duty for action, source in _SOURCES if may(actor, action) for duty in source(actor, today)]
    every.sort(key=lambda duty: not duty.is_urgent)
    return Desk(
        today=[duty for duty in every if duty.on is None or duty.on == today],
        late=sorted((d for d in every if d.on is not None and d.on < today), key=lambda d: d.on or today),
        soon=sorted((d for d in every if d.on is not None and d.on > today), key=lambda d: d.on or today),
    )
