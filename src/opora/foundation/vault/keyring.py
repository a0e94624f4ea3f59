"""Keys that are at hand: those of one request, or of one minute of a command.

Reading rows only notes which keys their tokens name; the first text that is opened fetches all of them in one query,
so a page of fifty children asks for keys once and no caller has to think of it. Nothing outlives the request or
`FRESH` seconds, and a key learned in a transaction that is rolled back is forgotten with it.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from opora.foundation.identifiers import public_id

from . import masters
from .cipher import SealBroken, new_key
from .models import PersonKey

FRESH = 60.0  # seconds
AT_ONCE = 500  # keys in a query
NOTED = 5000  # more than any page shows; beyond it keys are fetched one by one


@dataclass(frozen=True)
class DataKey:
    """`secret` is None for a destroyed key."""

    public_id: str
    organisation_id: int
    person_id: str
    secret: bytes | None = field(repr=False)

    @property
    def is_destroyed(self) -> bool:
        return self.secret is None


@dataclass(eq=False)
class _Ring:
    born: float = field(default_factory=time.monotonic)
    keys: dict[str, DataKey] = field(default_factory=dict)
    of_person: dict[tuple[int, str], str] = field(default_factory=dict)
    noted: set[str] = field(default_factory=set)

    def drop(self, key_ids: list[str]) -> None:
        for key_id in key_ids:
            gone = self.keys.pop(key_id, None)
            if gone is not None:
                self.of_person.pop((gone.organisation_id, gone.person_id), None)


class _UntilCommit:
    """Drops keys from the ring unless the transaction in which they were learned commits.

    The hook that waits for the commit holds the only reference: a rollback, also of a savepoint, lets it go.
    """

    def __init__(self, ring: _Ring, key_ids: list[str]) -> None:
        self._finaliser = weakref.finalize(self, ring.drop, key_ids)
        self._finaliser.atexit = False

    def keep(self) -> None:
        self._finaliser.detach()


_ring: ContextVar[_Ring | None] = ContextVar("keyring", default=None)


def _present() -> _Ring:
    ring = _ring.get()
    if ring is None or time.monotonic() - ring.born > FRESH:
        ring = _Ring(noted=ring.noted if ring else set())
        _ring.set(ring)
    return ring


def forget(**signal: Any) -> None:
    """Put all keys away: at both ends of a request, and after a key was destroyed."""
    _ring.set(None)


def note(key_id: str) -> None:
    """Say that a row was read whose text this key opens; it will be fetched together with the others."""
    noted = _present().noted
    if len(noted) < NOTED:
        noted.add(key_id)


def find(key_id: str) -> DataKey | None:
    """The key, destroyed or not; None when there is no such key here."""
    ring = _present()
    if key_id not in ring.keys:
        wanted = [key_id, *(ring.noted - ring.keys.keys() - {key_id})]
        for start in range(0, len(wanted), AT_ONCE):
            _fetch(ring, public_id__in=wanted[start : start + AT_ONCE])
        ring.noted.clear()
    return ring.keys.get(key_id)


def key(key_id: str) -> DataKey:
    """Raises SealBroken when there is no such key."""
    found = find(key_id)
    if found is None:
        raise SealBroken(f"key {key_id}")
    return found


def key_of(organisation_id: int, person_id: str) -> DataKey:
    """The key that seals what is written about a child now; made at its first use."""
    ring = _present()
    known = ring.of_person.get((organisation_id, person_id))
    if known is None:
        _fetch(ring, organisation=organisation_id, person_id=person_id)
        known = ring.of_person.get((organisation_id, person_id))
    return ring.keys[known] if known else _made(ring, organisation_id, person_id)


def provide(organisation_id: int, person_ids: Iterable[str]) -> None:
    """Fetch and make the keys of many children in a few queries, before their rows are written in bulk."""
    ring = _present()
    wanted = sorted({one for one in person_ids if (organisation_id, one) not in ring.of_person})
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        _fetch(ring, organisation=organisation_id, person_id__in=part)
        fresh = [_fresh(organisation_id, one)[0] for one in part if (organisation_id, one) not in ring.of_person]
        if fresh:
            PersonKey.objects.bulk_create(fresh, ignore_conflicts=True)
            _fetch(ring, organisation=organisation_id, person_id__in=[one.person_id for one in fresh])


def bound_to(organisation_id: int, person_id: str, key_id: str) -> str:
    """What a wrapped key is bound to: it opens for no other child, organisation or row."""
    return f"key:{organisation_id}:{person_id}:{key_id}"


def _fetch(ring: _Ring, **which: Any) -> None:
    rows = PersonKey.objects.filter(**which)
    found = list(rows.values_list("public_id", "organisation_id", "person_id", "wrapped", "master_id"))
    if found:
        known = masters.load()
        _learn(ring, [_unwrapped(known, *row) for row in found])


def _unwrapped(
    known: masters.Masters, key_id: str, organisation_id: int, person_id: str, wrapped: str, master_id: str
) -> DataKey:
    place = bound_to(organisation_id, person_id, key_id)
    secret = known.unwrap(wrapped, master_id, place) if wrapped else None
    return DataKey(key_id, organisation_id, person_id, secret)


def _learn(ring: _Ring, keys: list[DataKey]) -> None:
    for one in keys:
        ring.keys[one.public_id] = one
        ring.of_person[one.organisation_id, one.person_id] = one.public_id
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(_UntilCommit(ring, [one.public_id for one in keys]).keep)


def _fresh(organisation_id: int, person_id: str) -> tuple[PersonKey, bytes]:
    row, secret = PersonKey(organisation_id=organisation_id, person_id=person_id, public_id=public_id()), new_key()
    place = bound_to(organisation_id, person_id, row.public_id)
    row.wrapped, row.master_id = masters.load().wrap(secret, place)
    return row, secret


def _made(ring: _Ring, organisation_id: int, person_id: str) -> DataKey:
    row, secret = _fresh(organisation_id, person_id)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # another one was first
        _fetch(ring, organisation=organisation_id, person_id=person_id)
        return ring.keys[ring.of_person[organisation_id, person_id]]
    now = masters.load()
    if row.master_id not in now.keys:  # retired while this row waited for its table
        row.wrapped, row.master_id = now.wrap(secret, bound_to(organisation_id, person_id, row.public_id))
        row.save(update_fields=["wrapped", "master_id"])
    made = DataKey(row.public_id, organisation_id, person_id, secret)
    _learn(ring, [made])
    return made
