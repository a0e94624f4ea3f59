"""The world of the permission tests, built once for each module."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from .world import World, build


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A refusal is what is expected here; thousands of them need not be logged."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once for all cells; each cell is rolled back to it. Sessions live in memory: they are not what is tried."""
    # A step-up is proved once for the whole matrix, however slow the machine: what it guards is what is tried.
    in_memory = override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache", STEP_UP_AGE=24 * 60 * 60)
    with django_db_blocker.unblock(), in_memory, transaction.atomic():
        yield build()
        transaction.set_rollback(True)
