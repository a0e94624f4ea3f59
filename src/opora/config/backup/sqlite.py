"""SQLite: the online backup API gives a consistent copy while the server writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from .database import EVIDENCE, HEADS, MASTER_KEYS, NotPossible, digest_of
from .sealing import Broken

PIECE = 1024 * 1024
WAIT = 60  # seconds for a writer to let go


class SQLiteCopy:
    def __init__(self, path: Path) -> None:
        self._path = path

    def stream(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece

    def about(self) -> dict[str, Any]:
        return about(self._path)


class SQLite:
    vendor = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def copy(self, workplace: Path) -> Iterator[SQLiteCopy]:
        target = workplace / "database.sqlite3"
        if not self._path.exists():
            raise NotPossible("Базы ещё нет: копировать нечего. Сначала выполните opora init.")
        with (
            closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT)) as source,
            closing(sqlite3.connect(target)) as copied,
        ):
            target.chmod(0o600)
            source.backup(copied)
            copied.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        _require_whole(target)
        yield SQLiteCopy(target)

    def is_empty(self) -> bool:
        return not self._path.exists() or self._path.stat().st_size == 0

    def fill(self, pieces: Iterable[bytes], workplace: Path) -> None:
        target = workplace / "restored.sqlite3"
        _write(pieces, target)
        _require_whole(target)
        target.replace(self._path)

    def check(self, pieces: Iterable[bytes], workplace: Path) -> None:
        target = workplace / "checked.sqlite3"
        _write(pieces, target)
        try:
            _require_whole(target)
        finally:
            target.unlink()

    def about(self) -> dict[str, Any]:
        return about(self._path)


def about(path: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT)) as connection:
        tables = [name for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )]  # fmt: skip

        def rows(table: str) -> Iterator[bytes]:
            for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY id'):  # noqa: S608 - names of our tables
                yield repr(row).encode() + b"\n"

        return {
            "rows": {
                name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - as above
                for name in tables
            },
            "heads": [list(row) for row in connection.execute(HEADS)] if "registers_series" in tables else [],
            "evidence": {name: digest_of(rows(name)) for name in EVIDENCE if name in tables},
            "master_keys": (
                [str(one) for (one,) in connection.execute(MASTER_KEYS)] if "vault_personkey" in tables else []
            ),
        }


def _write(pieces: Iterable[bytes], target: Path) -> None:
    with target.open("wb") as file:
        target.chmod(0o600)
        for piece in pieces:
            file.write(piece)


def _require_whole(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            told = connection.execute("PRAGMA integrity_check").fetchone()[0]
            foreign = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise Broken("База в архиве не открывается.") from error
    if told != "ok" or foreign:
        raise Broken("База повреждена: проверка SQLite нашла ошибку. Копия не годится.")
