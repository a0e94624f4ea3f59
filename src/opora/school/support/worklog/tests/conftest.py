"""Fixtures of the room: Wednesday, 18.11.2026, at Школа № 7."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests import school_cast


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(datetime(2026, 11, 18, 15, tzinfo=ZoneInfo("Europe/Moscow")), tick=True):
        yield


@pytest.fixture
def people(db: None) -> school_cast.SchoolCast:
    return school_cast.assemble()
