"""What upper rooms do when a child leaves the school: a programme is closed with its handover package.

The arrow is turned round as in `foundation/ui/panels.py`: an upper room registers itself in its `leaving.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child

Leaving = Callable[[Actor, Child, date], None]
_DEEDS: list[Leaving] = []


def when_pupil_leaves(deed: Leaving) -> Leaving:
    """Register a deed; it is carried out in the transaction in which the place in the class ends."""
    _DEEDS.append(deed)
    return deed


def pupil_leaves(actor: Actor, child: Child, on: date) -> None:
    """Let every room end what it has under way for the child."""
    for deed in _DEEDS:
        deed(actor, child, on)
