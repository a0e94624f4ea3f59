"""Short runs of tests/trust/faults: real processes are killed and a real disk is full."""

from __future__ import annotations

import pytest

from tests.trust.faults import kills, passing

pytestmark = pytest.mark.xdist_group("faults")


def test_nothing_acknowledged_is_lost_when_processes_are_killed(django_db_blocker):
    figures = kills.run("sqlite", writes=200, kills=4)

    assert (figures.lost, figures.half, figures.problems) == ([], [], [])
    assert (figures.acknowledged, figures.kills.total()) == (200, 4)
    assert figures.printed >= figures.orders == 1


@pytest.mark.postgres
def test_nothing_acknowledged_is_lost_when_postgresql_is_killed(django_db_blocker):
    figures = kills.run("postgresql", writes=200, kills=6)

    assert (figures.lost, figures.half, figures.problems) == ([], [], [])
    assert (figures.acknowledged, figures.kills.total()) == (200, 6)


def test_a_full_disk_gives_a_clear_page_keeps_the_text_and_passes(django_db_blocker):
    seen = passing.disk_full()
    if seen is None:
        pytest.skip("needs the right to mount a file system")

    assert seen.wrong == []


@pytest.mark.postgres
def test_a_database_that_goes_and_comes_back_needs_no_restart(django_db_blocker):
    assert passing.database_away().wrong == []
