"""The wall of confirmed values in the database itself: read downwards along one branch, written by their own alone."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.postgres import APPLICATION

from .stage import region

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def seen_from(organisation: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('opora.organisation', %s, true)",
            [APPLICATION, str(organisation)],
        )
        cursor.execute("SELECT count(*) FROM editions_confirmedvalue")
        found = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('role', 'none', true)")
    return int(found)


def test_a_branch_reads_the_values_of_its_central_commission_and_nobody_else_does():
    stage = region()
    stage.confirm()

    assert seen_from(stage.central.pk) == 1
    assert seen_from(stage.cast.commission.pk) == 1
    assert seen_from(stage.cast.other.pk) == 0
    assert seen_from(0) == 0


@pytest.mark.parametrize("deed", [
    "UPDATE editions_confirmedvalue SET clause = 'x'",
    "DELETE FROM editions_confirmedvalue",
])  # fmt: skip
def test_what_was_confirmed_is_never_rewritten(deed):
    stage = region()
    stage.confirm()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:  # noqa: PT012
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('opora.organisation', %s, true)",
            [APPLICATION, str(stage.central.pk)],
        )
        cursor.execute(deed)
