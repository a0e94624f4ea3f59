"""Fixtures of the room."""

from __future__ import annotations

import pytest

from tests import school_cast


@pytest.fixture
def people(db: None) -> school_cast.SchoolCast:
    return school_cast.assemble()
