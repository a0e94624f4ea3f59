"""What upper rooms tell this one: signed papers that can be given, their PDFs, and what else left the house.

The arrow is turned round as in `foundation/ui/panels.py`: an upper room registers itself in its `disclosing.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.foundation.files.models import StoredFile
from opora.foundation.registers.models import Snapshot
from opora.people.children.models import Child


@dataclass(frozen=True)
class Offer:
    """A signed paper of the child that may be put into an answer. `note` tells what is special about it."""

    snapshot: Snapshot
    title: str
    note: str = ""
    asked_by_bureau: bool = False

    @property
    def key(self) -> str:
        return self.snapshot.public_id

    @property
    def label(self) -> str:
        return f"{self.title} ({self.note})" if self.note else self.title


@dataclass(frozen=True)
class Transfer:
    """One handing of data to somebody, as the parent's print tells it."""

    on: date
    recipient: str
    ground: str
    given: str
    way: str
    by: str


@dataclass(frozen=True)
class Press:
    """How papers are made: `issue` makes the file of a frozen paper once; `transfers_address` is the parent's print."""

    issue: Callable[[Actor, Snapshot], StoredFile]
    transfers_address: Callable[[Child], str]


_OFFERS: list[Callable[[Actor, Child], Iterable[Offer]]] = []
_TRANSFERS: list[Callable[[Actor, Child], Iterable[Transfer]]] = []
_PRESS: list[Press] = []


def offers(source: Callable[[Actor, Child], Iterable[Offer]]) -> None:
    """Register a source of papers that can be given."""
    _OFFERS.append(source)


def transfers(source: Callable[[Actor, Child], Iterable[Transfer]]) -> None:
    """Register a source of what was handed over elsewhere."""
    _TRANSFERS.append(source)


def use_press(press: Press) -> None:
    """Register the one room that prints. Raises ValueError for a second one."""
    if _PRESS:
        raise ValueError("there is a press already")
    _PRESS.append(press)


def press() -> Press:
    """The room that prints."""
    return _PRESS[0]


def offers_of(actor: Actor, child: Child) -> list[Offer]:
    """All signed papers of the child that may be given, of this organisation alone."""
    found = [offer for source in _OFFERS for offer in source(actor, child)]
    return [
        one
        for one in found
        if one.snapshot.organisation_id == actor.at.pk and one.snapshot.person_id == child.public_id
    ]


def transfers_of(actor: Actor, child: Child) -> list[Transfer]:
    """Everything that was handed to anybody, in time."""
    return sorted((one for source in _TRANSFERS for one in source(actor, child)), key=lambda one: one.on)
