"""What the database itself refuses, and the door through which writers of events pass.

SQLite knows no rights, so triggers refuse to change or remove what is evidence. On PostgreSQL the application's role
has no such right; there a trigger lets every writer hold a shared lock until its transaction ends, so that a
checkpoint can wait for all of them (`settled_id`).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Max

from .models import Event

DOOR = 0x0F0E_A0D1  # the advisory lock of the log
# Whole rows that are never changed, and for others the columns: erasure clears the content of a register line.
WHOLE = ("audit_event", "audit_checkpoint")
COLUMNS = {
    "registers_entry": (
        "organisation_id", "series_id", "line", "number", "year", "kind", "corrects_id", "day", "subject_type",
        "subject_id", "commitment", "previous", "digest", "user_id", "at",
    ),
    "registers_snapshot": ("organisation_id", "form", "subject_type", "subject_id", "sha256", "user_id", "at"),
}  # fmt: skip
TABLES = (*WHOLE, *COLUMNS)
DOOR_OF_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION audit_event_enter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_advisory_xact_lock_shared({DOOR}); RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER audit_event_enter BEFORE INSERT ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_enter();
"""


def guards_set(connection: Any) -> None:
    """Make the guards of the tables that are there. Needs the owner of the tables."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if "audit_event" in present:
                cursor.execute(DOOR_OF_POSTGRESQL)
            return
        for table in TABLES:
            if table in present:
                for statement in guards_of(table):
                    cursor.execute(statement)


def guards_lift(connection: BaseDatabaseWrapper) -> list[str]:
    """Statements that take the guards of SQLite away: for emptying a whole database."""
    if connection.vendor == "postgresql":
        return []
    return [f"DROP TRIGGER IF EXISTS {table}_{deed}" for table in TABLES for deed in ("kept", "unchanged")]


def guards_of(table: str) -> list[str]:
    """The triggers of one table on SQLite."""
    columns = COLUMNS.get(table, ())
    changed = f"WHEN {' OR '.join(f'OLD.{name} IS NOT NEW.{name}' for name in columns)} " if columns else ""
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_kept BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is evidence: rows stay'); END",
        f"CREATE TRIGGER IF NOT EXISTS {table}_unchanged BEFORE UPDATE ON {table} {changed}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is evidence: rows stay as they are'); END",
    ]


def settled_id() -> int:
    """The highest event number below which nothing can appear any more; 0 for an empty log. Inside a transaction.

    A number is taken before its transaction commits: without waiting, an event with a lower number could come after
    the checkpoint. On PostgreSQL all writers are waited for, new ones wait for one short query; the lock goes with
    its savepoint. SQLite has one writer, and that is the caller.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise RuntimeError("a checkpoint is made in a transaction")
    if connection.vendor != "postgresql":
        return _last_id()
    point = transaction.savepoint()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DOOR])
        return _last_id()
    finally:
        transaction.savepoint_rollback(point)


def _last_id() -> int:
    return int(Event.objects.order_by().aggregate(last=Max("id"))["last"] or 0)
