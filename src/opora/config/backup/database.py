"""What a backup knows of a database: one consistent view of it, and how an empty one is filled.

Both kinds answer alike: `Copy` streams the database and says what stood in it at that very moment.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from .sealing import Broken

# Tables whose rows are evidence: the manifest keeps the hash of all their rows, and a restore must give it again.
EVIDENCE = ("registers_series", "registers_entry", "registers_snapshot", "audit_event", "evidence_checkpoint")
HEADS = (
    "SELECT organisation_id, code, year, last, lines, head FROM registers_series ORDER BY organisation_id, code, year"
)
MASTER_KEYS = "SELECT DISTINCT master_id FROM vault_personkey WHERE destroyed_at IS NULL ORDER BY master_id"


class NotPossible(Exception):
    """A backup or a restore cannot be made here; the message is a Russian sentence."""


class Copy(Protocol):
    """One moment of a database."""

    def stream(self) -> Iterator[bytes]: ...

    def about(self) -> dict[str, Any]:
        """Rows of each table, heads of all registers, hashes of the evidence, ids of master keys in use."""
        ...


class Database(Protocol):
    vendor: str

    def copy(self, workplace: Path) -> AbstractContextManager[Copy]: ...

    def about(self) -> dict[str, Any]: ...

    def is_empty(self) -> bool: ...

    def fill(self, pieces: Iterable[bytes], workplace: Path) -> None: ...

    def check(self, pieces: Iterable[bytes], workplace: Path) -> None:
        """Raise Broken when the pieces are no database that could be restored."""
        ...


def digest_of(rows: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(row)
    return digest.hexdigest()


def database_here(*, to_fill: bool = False) -> Database:
    """The database of this place. PostgreSQL is read as `OPORA_BACKUP_DATABASE_URL` and filled as
    `OPORA_OWNER_DATABASE_URL` when they are set: the role of the application sees one organisation at a time."""
    import environ
    from django.conf import settings

    from .postgresql import PostgreSQL
    from .sqlite import SQLite

    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        return SQLite(Path(settings.DATABASES["default"]["NAME"]))
    reader, owner = os.environ.get("OPORA_BACKUP_DATABASE_URL", ""), os.environ.get("OPORA_OWNER_DATABASE_URL", "")
    chosen = owner if to_fill else reader or owner
    if chosen:
        return PostgreSQL(environ.Env.db_url_config(chosen))  # type: ignore[no-untyped-call]
    return PostgreSQL(dict(settings.DATABASES["default"]))


def same_or_broken(was: dict[str, Any], now: dict[str, Any]) -> None:
    """Compare what the manifest says with what stands in a restored database."""
    for key, what in (
        ("rows", "число строк"), ("heads", "последние записи журналов"), ("evidence", "содержание журналов"),
    ):  # fmt: skip
        if was[key] != now[key]:
            raise Broken(f"После восстановления не сходится {what}: {_difference(was[key], now[key])}.")


def _difference(was: Any, now: Any) -> str:
    if isinstance(was, dict) and isinstance(now, dict):
        return ", ".join(sorted(name for name in was.keys() | now.keys() if was.get(name) != now.get(name)))
    return f"строк {len(was)} и {len(now)}"
