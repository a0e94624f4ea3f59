"""Checkpoints while others write: nothing slips below a checkpoint that was made already."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction

from opora.foundation.accounts.actors import SystemActor
from opora.foundation.audit.models import Checkpoint, Event
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import vocabulary
from opora.foundation.evidence import keys
from opora.foundation.evidence.services import checkpoint_make, database_verify
from opora.foundation.organisations.scope import within
from tests import cast as people

KNOWN = vocabulary()["child.opened"]


@pytest.fixture
def place(transactional_db, settings, tmp_path: Path):
    settings.HOME, settings.CHECKPOINTS = tmp_path, tmp_path / "checkpoints"
    keys.key_make(keys.key_path())
    return people.organisation("territorial_commission", "ПМПК Заречного района")


def written(place: Any, *, holds: threading.Event | None = None, begun: threading.Event | None = None) -> int:
    """One event in a transaction of its own that may be held open."""
    try:
        with within(place), transaction.atomic():
            made = record(KNOWN, actor=SystemActor(place), subject=place)
            if begun is not None:
                begun.set()
            if holds is not None:
                holds.wait(10)
        return made.pk
    finally:
        connections.close_all()


def sealed(place: Any) -> Checkpoint | None:
    try:
        with within(place):
            return checkpoint_make(actor=SystemActor(place))
    finally:
        connections.close_all()


def late_event(place: Any, *, waits: bool) -> Checkpoint:
    """A writer takes a number, a later one commits first, then a checkpoint is asked for."""
    holds, begun = threading.Event(), threading.Event()
    with ThreadPoolExecutor(3) as pool:
        slow = pool.submit(written, place, holds=holds, begun=begun)
        begun.wait(10)
        assert written(place) > 0
        checkpoint = pool.submit(sealed, place)
        time.sleep(0.4)
        assert checkpoint.done() is not waits
        holds.set()
        slow.result(10)
        return checkpoint.result(10)


@pytest.mark.postgres
def test_a_checkpoint_waits_for_a_number_that_was_taken_and_not_yet_committed(place):
    checkpoint = late_event(place, waits=True)

    assert checkpoint.count == 2
    with within(place):
        assert database_verify(place).good


@pytest.mark.postgres
def test_without_the_door_a_late_event_would_look_inserted(place):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_enter")
    try:
        late_event(place, waits=False)
        with within(place):
            assert "вставлено" in str(database_verify(place).first)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_enter")


def worker(place: Any, seed: int, until: float) -> int:
    chance, count = random.Random(seed), 0
    try:
        while time.monotonic() < until:
            try:
                with within(place), transaction.atomic():
                    record(KNOWN, actor=SystemActor(place), subject=place)
                    if connection.vendor == "postgresql":
                        time.sleep(chance.random() * 0.01)  # SQLite lets nobody else write meanwhile
                    transaction.set_rollback(fails := chance.random() < 0.2)
                count += not fails
            except OperationalError:
                continue  # SQLite: the other writers kept the lock for too long
            time.sleep(chance.random() * 0.005)
    finally:
        connections.close_all()
    return count


def test_checkpoints_made_under_load_cover_everything_in_order(place):
    until = time.monotonic() + 1.5
    with ThreadPoolExecutor(5) as pool:
        writers = [pool.submit(worker, place, seed, until) for seed in range(4)]
        while time.monotonic() < until:
            sealed(place)
            time.sleep(0.02)
        acknowledged = sum(one.result() for one in writers)
    sealed(place)

    with within(place):
        report = database_verify(place)
        own = Event.objects.filter(code=KNOWN.code).count()
        assert Checkpoint.objects.filter(organisation=place).count() >= 3
    assert own == acknowledged
    assert report.faults == []
    assert report.unsealed <= 1  # the event of the last checkpoint itself


@pytest.mark.postgres
def test_two_checkpoints_at_once_are_made_one_after_the_other(place):
    written(place)
    with ThreadPoolExecutor(6) as pool:
        made = [one.result() for one in [pool.submit(sealed, place) for _ in range(6)]]

    numbers = [one.number for one in made if one is not None]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    with within(place):
        assert database_verify(place).good
