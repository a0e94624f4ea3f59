"""The whole made-up commission of the benchmark, written in bulk."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from opora.config import measuring
from opora.demo.names import Names
from opora.foundation.audit.vocabulary import vocabulary
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.services import faults

from .cases import Cases
from .conclusions import Conclusions
from .families import build_families
from .ledger import Ledger
from .staff import Staff, build_staff
from .timetable import FEWEST, Timetable

SEED = 20261121
EVENTS = ("case.registered", "case.moved", "conclusion.signed", "handover.recorded", "examination.finished")


class BenchError(Exception):
    """The benchmark cannot be run, or measured something that is not the page."""


@dataclass(frozen=True)
class World:
    staff: Staff
    rows: Counter[str]
    seconds: float


def build_world(children: int, cases: int) -> World:
    """Fill an empty database. Raises BenchError for one that holds data, and for numbers that make no stream."""
    if Organisation.objects.exists() or get_user_model().objects.exists():
        raise BenchError("the database is not empty: give the benchmark one of its own")
    if cases < FEWEST or not cases / 4 <= children <= cases:
        raise BenchError(f"give at least {FEWEST} cases, and from a quarter as many children up to as many")
    if missing := [code for code in EVENTS if code not in vocabulary()]:
        raise BenchError(f"events that the product does not know any more: {', '.join(missing)}")
    started = time.perf_counter()
    chance, today = random.Random(SEED), timezone.localdate()
    table, names = Timetable.of(cases, today), Names(chance, SEED)
    with _careless():
        with transaction.atomic():
            staff = build_staff(names, chance, table.rooms)
            ledger = Ledger(staff.organisation)
            homes = build_families(staff, names, chance, children, today)
            path = Cases(staff, ledger, chance, table)
            stood = path.build(homes)
        with transaction.atomic():
            settled = Conclusions(staff, ledger, today)
            settled.build(stood)
            ledger.close()
    found = next(iter(faults(staff.organisation)), None)
    if found:
        raise BenchError(f"the made-up register {found.series} is broken at {found.line}: {found.reason}")
    _settle()
    rows = path.batch.written + settled.batch.written + Counter({"Child": len(homes)})
    return World(staff, rows, time.perf_counter() - started)


class _careless:
    """No fsync while the data is made; measured is with what the settings say."""

    def __enter__(self) -> None:
        self._set("OFF")

    def __exit__(self, *_: object) -> None:
        self._set("FULL")

    def _set(self, mode: str) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA synchronous={mode}")


def _settle() -> None:
    """What PostgreSQL does by itself within a minute, and the worker once a day on SQLite."""
    if measuring.is_wanted():
        measuring.measure(lambda done, total: None)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "ANALYZE")
