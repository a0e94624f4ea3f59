"""Notices over every page: what a person must know now, wherever he works. Rooms tell of theirs in `notices.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor


@dataclass(frozen=True)
class Notice:
    """A sentence with one way on; `kind` is late (red) or soon (amber)."""

    text: str
    address: str
    label: str
    kind: str = "soon"


Source = Callable[[Actor], Iterable[Notice]]
_SOURCES: list[tuple[str, Source]] = []


def notices(action: str, source: Source) -> None:
    """Register a source for those who may do `action`; it is asked on every page, so one small query at most."""
    _SOURCES.append((action, source))


def notices_of(actor: Actor) -> list[Notice]:
    """What is shown to this actor now."""
    return [one for action, source in _SOURCES if may(actor, action) for one in source(actor)]
