"""Fixtures of all tests: the cast, and what the machine lacks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from opora.foundation.organisations.scope import beyond_walls
from opora.foundation.vault import keyring
from tests import cast as people
from tests import school_cast as school_people

KNOWN_DAY = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Moscow"))
pytest_plugins = ["tests.machine", "tests.browser", "tests.flushing"]


@pytest.fixture(scope="session", autouse=True)
def _stories_are_told_from_above() -> Iterator[None]:
    """A story sets up several organisations; each request and each `within` of it stands inside the walls."""
    with beyond_walls():
        yield


@pytest.fixture(autouse=True)
def no_keys_of_the_last_test() -> None:
    """The rows of the last test are gone, and with them its keys."""
    keyring.forget()


@pytest.fixture
def known_day() -> Iterator[None]:
    """A story whose dates are written out is told on 21.11.2026, whatever the clock of the machine says."""
    with time_machine.travel(KNOWN_DAY):
        yield


@pytest.fixture
def cast(db: None) -> people.Cast:
    return people.assemble()


@pytest.fixture
def school_cast(db: None) -> school_people.SchoolCast:
    return school_people.assemble()


@pytest.fixture
def daria_child(cast: people.Cast):
    """Миша, son of Дарья, in the register of the commission."""
    return people.child_of(cast.commission)


@pytest.fixture
def as_user():
    """`as_user(cast.anna)` is a browser session of that person."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        people.prove(client, user)
        return client

    return sign_in
