"""What stands beside a child in the list of the class: consent, and what upper rooms add in their `marks.py`.

A source is asked once for the whole class, so that a list of thirty costs what a list of three does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child


@dataclass(frozen=True)
class Mark:
    """Words with a colour (late, soon, done, neutral); `address` is the page behind them."""

    words: str
    colour: str = "neutral"
    address: str = ""


Source = Callable[[Actor, Sequence[Child]], Mapping[int, Sequence[Mark]]]
_SOURCES: list[tuple[int, str, Source]] = []


def marks(order: int, action: str, source: Source) -> None:
    """Register a source for those who may do `action`: the marks of each child by its key."""
    _SOURCES.append((order, action, source))


def marks_of(actor: Actor, children: Sequence[Child]) -> dict[int, list[Mark]]:
    """All marks of the children that this actor may see, in the order of the rooms."""
    found: dict[int, list[Mark]] = {child.pk: [] for child in children}
    for _, action, source in sorted(_SOURCES, key=lambda one: one[0]):
        given = source(actor, children) if children and may(actor, action) else {}
        for key, some in given.items():
            found.get(key, []).extend(some)
    return found
