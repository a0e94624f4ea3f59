"""A region where every page of the path has something to show, for all tests that walk the pages.

It is built once in a process and laid back for each test as it was: in a moment on SQLite, by building on PostgreSQL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from opora.demo import region
from opora.demo.schools.building import FEW, SIZES, Size
from opora.foundation.organisations.models import Organisation
from opora.school.programmes.flow import Status

from .service_place import furnish

# The first school has a programme at every stage once or twice, not the sixty of the demonstration.
STANDS = (*FEW, Status.FAMILY, Status.AGREED, Status.CONTINUED, Status.CANCELLED, Status.RUNNING, Status.DRAFT)
SMALL = (
    Size(("1 «А»", "2 «А»", "3 «А»"), 10, STANDS),
    *(Size(one.classes[:1], 2) for one in SIZES[1:]),
)  # fmt: skip


@dataclass(frozen=True)
class Places:
    """Where the pages are walked: the commission and the school that are full of work."""

    commission: Organisation
    school: Organisation


@pytest.fixture(scope="session")
def kept() -> Iterator[dict[str, Any]]:
    """What was built, as SQLite keeps it; empty until somebody builds."""
    found: dict[str, Any] = {}
    yield found
    for one in found.values():
        one.close()


@pytest.fixture
def region_places(transactional_db: None, kept: dict[str, Any]) -> Places:
    """The region stands."""
    if "region" in kept:
        connection.ensure_connection()
        kept["region"].backup(connection.connection)
        ContentType.objects.clear_cache()
    else:
        region.build(children=60, cases=64, sizes=SMALL)
        furnish(_school())
        if connection.vendor == "sqlite":
            kept["region"] = sqlite3.connect(":memory:", check_same_thread=False)
            connection.connection.backup(kept["region"])
    return Places(Organisation.objects.get(kind="central_commission"), _school())


def _school() -> Organisation:
    return Organisation.objects.get(short_name="Школа № 1")
