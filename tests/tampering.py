"""What only somebody with the file of the database could do: a test changes evidence behind the guards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from opora.foundation.audit.guards import guards_lift, guards_set
from opora.foundation.organisations.scope import beyond_walls


@contextmanager
def behind_the_guards() -> Iterator[None]:
    """As the owner of the tables: on PostgreSQL with his rights, on SQLite without the triggers."""
    with beyond_walls(), connection.cursor() as cursor:
        role = ""
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('role')")
            role = cursor.fetchone()[0]
            cursor.execute("RESET ROLE")
        for statement in guards_lift(connection):
            cursor.execute(statement)
        yield
        guards_set(connection)
        if role:
            cursor.execute("SELECT set_config('role', %s, false)", [role])
