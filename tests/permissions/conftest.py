"""The world of the permission tests, built once for each of the two processes that walk it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest
from django.db import transaction
from django.test import override_settings

from .world import World, build

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two groups, each of which stays together: the world costs ten seconds and is built anew for neither test.

    Cells of one test are dealt out; tests of one file share what they walked.
    """
    for item in items:
        if HERE in item.path.parents:
            dealt = item.nodeid if hasattr(item, "callspec") else item.path.name
            item.add_marker(pytest.mark.xdist_group(f"world-{crc32(dealt.encode()) % 2}"))


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A refusal is what is expected here; thousands of them need not be logged."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once for all cells; each cell is rolled back to it. Sessions live in memory: they are not what is tried.

    It stands until the last test of this folder: a test that needs an empty database lives in another folder.
    """
    # A step-up is proved once for the whole matrix, however slow the machine: what it guards is what is tried.
    in_memory = override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache", STEP_UP_AGE=24 * 60 * 60)
    with django_db_blocker.unblock(), in_memory, transaction.atomic():
        yield build()
        transaction.set_rollback(True)
