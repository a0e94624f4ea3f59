"""Who waits for a consent to an examination: upper rooms say for which children, the desk asks the families."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child


@dataclass(frozen=True)
class Wanted:
    """A child whose examination waits: until when it should be answered, and for what."""

    child: Child
    on: date | None = None
    what: str = ""


Source = Callable[[Actor], Iterable[Wanted]]
_SOURCES: list[Source] = []


def awaits_consent(source: Source) -> Source:
    """Register a source: children of whom an examination is asked, whether or not the consent is there."""
    _SOURCES.append(source)
    return source


def wanted(actor: Actor) -> list[Wanted]:
    """Each child once, the earliest day first."""
    found: dict[int, Wanted] = {}
    for source in _SOURCES:
        for one in source(actor):
            known = found.get(one.child.pk)
            if known is None or (one.on or date.max) < (known.on or date.max):
                found[one.child.pk] = one
    return sorted(found.values(), key=lambda one: one.on or date.max)
