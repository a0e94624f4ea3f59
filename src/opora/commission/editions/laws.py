"""The law as one commission applies it: an edition with the values that its central commission has confirmed.

    law_of(case)                    the edition that the case was opened under
    law_on(day, organisation)       the edition in force on a day

Rooms of the commission ask here and never `regulations.edition` itself, so that a confirmed value reaches every rule.
Within a web request the confirmed values of an organisation are read once (`middleware.py`), and only the first
question costs a query; the editions made of them are kept for the life of the process by their content.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Protocol

from opora.regulations.edition import Edition, edition, edition_for
from opora.regulations.entries import Entry
from opora.regulations.loading import typeset

from .models import ConfirmedValue
from .reaching import values_for

logger = logging.getLogger("opora.editions")
KEPT = 64  # made editions per edition of the files
_read: ContextVar[dict[int, tuple[Settled, ...]] | None] = ContextVar("confirmed", default=None)


class Judged(Protocol):
    """A case, named by what this room may know of it."""

    @property
    def edition(self) -> str: ...

    @property
    def organisation_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Settled:
    """A confirmed value without its row: what an edition is made of."""

    edition: str
    table: str
    code: str
    values: tuple[tuple[str, Any], ...]
    clause: str
    since: date
    note: str


def law_of(case: Judged, on: date | None = None) -> Edition:
    """The law of a case, with the dated parameters of a day or with all of them. KeyError for an unknown edition."""
    return law_for(case.organisation_id, case.edition, on)


def law_on(day: date, organisation: int) -> Edition:
    """The law in force at an organisation on a day. LookupError for a day before the first edition."""
    return law_for(organisation, edition_for(day).code, day)


def law_for(organisation: int, code: str, on: date | None = None) -> Edition:
    """An edition with the confirmed values that hold at an organisation (0: none) on a day."""
    law = edition(code, on)
    wanted = tuple(one for one in _settled(organisation) if one.edition == code and (on is None or one.since <= on))
    if not wanted:
        return law
    made: dict[tuple[Settled, ...], Edition] = law.prepared(__name__, lambda _: {})
    if wanted not in made:
        if len(made) >= KEPT:
            made.clear()
        made[wanted] = confirmed(law, wanted)
    return made[wanted]


def confirmed(law: Edition, settled: Iterable[Settled]) -> Edition:
    """The edition with values put in. One that the files of a later version cannot take is left out and noted."""
    for one in settled:
        try:
            law = law.confirm(one.table, one.code, **changes_of(law, one))
        except (KeyError, TypeError, ValueError):
            logger.warning("Confirmed value does not fit the edition: %s %s", one.table, one.code)
    return law


def changes_of(law: Edition, one: Settled) -> dict[str, Any]:
    """The fields of the entry as `Edition.confirm` takes them."""
    changes: dict[str, Any] = {name: _typed(value) for name, value in one.values}
    changes |= {"clause": typeset(one.clause), "valid_from": one.since}
    if one.note:
        changes["note"] = typeset(one.note)
    return changes


def _typed(value: Any) -> Any:
    return typeset(value) if isinstance(value, str) else value


def _settled(organisation: int) -> tuple[Settled, ...]:
    if not organisation:
        return ()
    known = _read.get()
    if known is None:
        return tuple(settled_of(row) for row in values_for(organisation))
    if organisation not in known:
        known[organisation] = tuple(settled_of(row) for row in values_for(organisation))
    return known[organisation]


def settled_of(row: ConfirmedValue) -> Settled:
    """A row as an edition takes it."""
    values: Mapping[str, Any] = row.values
    return Settled(
        row.edition, row.table, row.code, tuple(sorted((key, _frozen(value)) for key, value in values.items())),
        row.clause, row.since, row.note,
    )  # fmt: skip


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def fields_of(entry: Entry) -> frozenset[str]:
    """Names of the fields of an entry."""
    return frozenset(one.name for one in fields(entry))


@contextmanager
def one_reading() -> Iterator[None]:
    """Read the confirmed values of an organisation once until the end of the block."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def forget() -> None:
    """A value was just written: the next question reads anew."""
    if (known := _read.get()) is not None:
        known.clear()
