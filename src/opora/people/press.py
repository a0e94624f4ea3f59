"""How the file of a frozen paper is made. The room that prints stands far above and registers itself here."""

from __future__ import annotations

from collections.abc import Callable

from opora.foundation.accounts.actors import Actor
from opora.foundation.files.models import StoredFile
from opora.foundation.registers.models import Snapshot

Issue = Callable[[Actor, Snapshot], StoredFile]
_PRESS: list[Issue] = []


def use_press(make: Issue) -> None:
    """Register the one room that prints. Raises ValueError for a second one."""
    if _PRESS:
        raise ValueError("there is a press already")
    _PRESS.append(make)


def issue(actor: Actor, snapshot: Snapshot) -> StoredFile:
    """The file of a frozen paper, made once; ever after the same one."""
    return _PRESS[0](actor, snapshot)
