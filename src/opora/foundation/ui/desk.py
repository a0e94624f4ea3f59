"""The desk: what waits today, what is late, what comes. Each room tells of its own work in its `desk.py`.

Most of what a person might have to do does not wait today. A source may name rows without which it has no duty
(`unless_none`); all sources are asked for those in one query, and only the ones that have any are asked for more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, QuerySet

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation


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
Rows = Callable[[Actor, date], QuerySet[Any]]
_SOURCES: list[tuple[str, Source, Rows | None]] = []
LIMIT = 30  # rows of one list on the screen
ENOUGH = LIMIT + 1  # what a source need load to show that there is more


def duties(action: str, source: Source, *, unless_none: Rows | None = None) -> None:
    """Register a source of duties for those who may do `action`. It is asked with the actor and today's date.

    `unless_none` gives rows that are there whenever the source has a duty, for anybody: a plain condition that an
    index answers. Nothing of them is shown, and the source narrows by what the actor may read.
    """
    _SOURCES.append((action, source, unless_none))


@dataclass(frozen=True)
class Desk:
    """Three lists of duties, each sorted by date, with their full counts."""

    today: list[Duty]
    late: list[Duty]
    soon: list[Duty]


def desk_of(actor: Actor, today: date) -> Desk:
    """Collect the duties of an actor; one query, and a fixed number for each source that may have some."""
    every = [duty for source in _sources_of(actor, today) for duty in source(actor, today)]
    every.sort(key=lambda duty: not duty.is_urgent)
    return Desk(
        today=[duty for duty in every if duty.on is None or duty.on == today],
        late=sorted((d for d in every if d.on is not None and d.on < today), key=lambda d: d.on or today),
        soon=sorted((d for d in every if d.on is not None and d.on > today), key=lambda d: d.on or today),
    )


def _sources_of(actor: Actor, today: date) -> list[Source]:
    """The sources that an actor may ask, without those that have nothing for anybody."""
    chosen = [(source, rows) for action, source, rows in _SOURCES if may(actor, action)]
    answers = any_rows(actor, [rows(actor, today) if rows is not None else None for _, rows in chosen])
    return [source for (source, _), answer in zip(chosen, answers, strict=True) if answer]


def any_rows(actor: Actor, asked: Sequence[QuerySet[Any] | None]) -> list[bool]:
    """Which of the querysets have a row; True where none is asked for. One query for all of them."""
    named = {f"n{n}": Exists(rows) for n, rows in enumerate(asked) if rows is not None}
    if not named or actor.organisation is None:
        return [True] * len(asked)
    found = Organisation.objects.filter(pk=actor.at.pk).order_by().values(**named).get()
    return [bool(found.get(f"n{n}", True)) for n in range(len(asked))]
