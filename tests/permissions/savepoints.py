"""A request that leaves nothing behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

SESSIONS = ("django_session", "entrance_accountsession")
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


@contextmanager
def cell() -> Iterator[list[str]]:
    """A savepoint that is always rolled back; gives the writes that were tried, but for the session's own."""
    tried: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if WRITES.match(sql) and not any(table in sql for table in SESSIONS):
            tried.append(sql[:120])
        return execute(sql, *rest)

    point = transaction.savepoint()
    try:
        with connection.execute_wrapper(watch):
            yield tried
    finally:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(point)
