"""What upper rooms do when processing must stop: a case ends, a booked hour is given back.

The arrow is turned round as in `foundation/ui/panels.py`: an upper room registers itself in its `ending.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child

Ending = Callable[[Actor, Child, date], None]
_ENDINGS: list[Ending] = []


def when_processing_stops(deed: Ending) -> Ending:
    """Register a deed; it is carried out in the transaction of the withdrawal, before the card is frozen."""
    _ENDINGS.append(deed)
    return deed


def processing_stops(actor: Actor, child: Child, on: date) -> None:
    """Let every room end what it has under way for the child."""
    for deed in _ENDINGS:
        deed(actor, child, on)
