"""Tests with real transactions empty the whole database after themselves, evidence too: nobody else may."""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper

from opora.foundation.audit.guards import guards_lift

DatabaseOperations: Any = DatabaseWrapper.ops_class
_flush = DatabaseOperations.sql_flush


def _lifted(self: Any, *args: Any, **kwargs: Any) -> list[str]:
    """The guards are set anew by the signal that the flush itself sends."""
    return [*guards_lift(self.connection), *_flush(self, *args, **kwargs)]


DatabaseOperations.sql_flush = _lifted
