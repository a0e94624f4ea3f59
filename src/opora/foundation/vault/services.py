"""Erasure by destroying a key, and changing the master key while people work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor, SystemActor
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import within

from . import events, keyring, masters
from .cipher import SealBroken
from .models import PersonKey

BATCH = 200  # keys in a transaction: writers of an SQLite place wait some hundredths of a second
Tell = Callable[[int], None]


@transaction.atomic
def key_destroy(*, actor: Actor, person_id: str) -> PersonKey:
    """Erase what is sealed about a child: nobody can open it ever after, also not from this database's copies.

    Copies made before hold the wrapped key; after a restore erasures are carried out again. A child without a key
    gets a destroyed one, so that nothing is sealed later. Destroying twice changes nothing.
    """
    require(actor, "vault.destroy")
    if not person_id:
        raise ValueError("the organisation's own key belongs to no child and is not destroyed")
    keyring.provide(actor.at.pk, [person_id])
    key = PersonKey.objects.select_for_update().get(organisation=actor.at, person_id=person_id)
    if key.destroyed_at is not None:
        return key
    key.wrapped, key.master_id, key.destroyed_at = "", "", timezone.now()
    key.full_clean()
    key.save()
    keyring.forget()
    record(events.KEY_DESTROYED, actor=actor, subject=key, person_id=person_id)
    transaction.on_commit(_leave_no_trace)
    return key


def _leave_no_trace() -> None:
    """SQLite: the page with the old bytes goes out of the journal. PostgreSQL: the next vacuum does it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@dataclass(frozen=True)
class Rotation:
    """What a rotation did: the id of the current master key, how many keys it wraps anew."""

    master_id: str
    count: int


def master_rotate(*, actor: Actor, new: bool = True, tell: Tell = lambda count: None) -> Rotation:
    """Make a new master key current and wrap all data keys by it, in small batches while others work.

    With `new=False` only wraps what the current key does not wrap yet: after an interruption, or for keys that
    the environment gives. `tell` gets the count so far. Raises Refusal, MasterKeyMissing.
    """
    require(actor, "vault.rotate")
    if new and masters.is_given_by_environment():
        raise Refusal(
            "environment",
            "Мастер-ключи заданы в OPORA_MASTER_KEYS: допишите новый последним, перезапустите Опору и повторите "
            "с --no-new.",
        )
    if new:
        masters.add()
    current, count = masters.load().current, 0
    for organisation in _organisations():
        with within(organisation):
            while (done := _batch_rewrap(organisation, current)) is not None:
                count += done
                tell(count)
    return Rotation(current, count)


@transaction.atomic
def _batch_rewrap(organisation: Organisation, current: str) -> int | None:
    """How many keys were wrapped anew; None when there is none left."""
    others = PersonKey.objects.filter(organisation=organisation, destroyed_at=None).exclude(master_id=current)
    rows, known, done = list(others.order_by("pk")[:BATCH]), masters.load(), 0
    for row in rows:
        place = keyring.bound_to(row.organisation_id, row.person_id, row.public_id)
        wrapped, master_id = known.wrap(known.unwrap(row.wrapped, row.master_id, place), place)
        # Only over what was read: a key that was destroyed meanwhile is not brought back.
        done += PersonKey.objects.filter(pk=row.pk, wrapped=row.wrapped).update(wrapped=wrapped, master_id=master_id)
    if done:
        record(events.MASTER_ROTATED, actor=SystemActor(organisation), master=current, count=done)
    return done if rows else None


@transaction.atomic
def master_retire(*, actor: Actor, master_id: str) -> None:
    """Take a former master key out of the file, once nothing is wrapped by it. Raises Refusal, MasterKeyMissing."""
    require(actor, "vault.rotate")
    if masters.is_given_by_environment():
        raise Refusal("environment", "Мастер-ключи заданы в OPORA_MASTER_KEYS: уберите прежний оттуда сами.")
    known = masters.load()
    if master_id not in known.keys:
        raise Refusal("unknown", f"Мастер-ключа «{master_id}» в файле нет.")
    if master_id == known.current:
        raise Refusal("current", "Это действующий мастер-ключ. Сначала смените его: opora keys rotate.")
    _wait_for_writers()
    count = masters_in_use()[master_id]
    if count:
        raise Refusal("in_use", f"Этим мастер-ключом ещё закрыты ключи карт ({count}): opora keys rotate --no-new.")
    for organisation in _organisations():
        if organisation.works_here:
            with within(organisation):
                record(events.MASTER_RETIRED, actor=SystemActor(organisation), master=master_id)
    masters.remove(master_id)


def _wait_for_writers() -> None:
    """No key is being made while the count is taken; one that waits looks at the file again: `keyring._made`."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {PersonKey._meta.db_table} IN SHARE MODE")


def masters_in_use() -> Counter[str]:
    """How many data keys each master key wraps, in all organisations."""
    used: Counter[str] = Counter()
    for organisation in _organisations():
        with within(organisation):
            rows = PersonKey.objects.filter(organisation=organisation, destroyed_at=None)
            used.update(rows.values_list("master_id", flat=True))
    return used


def unreadable_keys() -> Iterator[str]:
    """Ids of the data keys that do not open: changed, or wrapped by a master key that is not here."""
    known = masters.load()
    for organisation in _organisations():
        with within(organisation):
            for row in PersonKey.objects.filter(organisation=organisation, destroyed_at=None).iterator():
                place = keyring.bound_to(row.organisation_id, row.person_id, row.public_id)
                try:
                    known.unwrap(row.wrapped, row.master_id, place)
                except (SealBroken, masters.MasterKeyMissing):
                    yield row.public_id


def _organisations() -> list[Organisation]:
    return list(Organisation.objects.order_by("pk"))
