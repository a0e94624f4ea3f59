"""Fixtures of all tests: the cast, and what the machine lacks."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast as people

pytest_plugins = ["tests.machine", "tests.browser"]


@pytest.fixture
def cast(db: None) -> people.Cast:
    return people.assemble()


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
        return client

    return sign_in
