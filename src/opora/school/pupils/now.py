"""«Сейчас» on top of a pupil's card (карта развития): one line for each thing under way, from every room above.

A room registers itself in its `now.py`; the line leads to where the thing is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child


@dataclass(frozen=True)
class Line:
    """`title` says what it is («Программа»), `words` its state with a colour, `on` its next or last day."""

    title: str
    words: str
    on: date | None = None
    address: str = ""
    colour: str = "neutral"
    note: str = ""


Source = Callable[[Actor, Child, date], Iterable[Line]]
_SOURCES: list[tuple[int, str, Source]] = []


def now(order: int, action: str, source: Source) -> None:
    """Register a source of lines for those who may do `action`; it is asked with the child and today's date."""
    _SOURCES.append((order, action, source))


def lines_of(actor: Actor, child: Child, today: date) -> list[Line]:
    """What is going on with the child, in the order of the rooms."""
    ordered = sorted(_SOURCES, key=lambda one: one[0])
    return [line for _, action, source in ordered if may(actor, action) for line in source(actor, child, today)]
