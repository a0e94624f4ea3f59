"""PostgreSQL: pg_dump and pg_restore of the client package, tied to one exported snapshot.

The password goes through the environment of the program, never through its command line.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from .database import EVIDENCE, HEADS, MASTER_KEYS, NotPossible, digest_of
from .sealing import Broken

PIECE = 1024 * 1024
VARIABLES = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
OPTIONS = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"


class PostgreSQLCopy:
    def __init__(self, connection: psycopg.Connection[Any], environment: dict[str, str], snapshot: str) -> None:
        self._connection, self._environment, self._snapshot = connection, environment, snapshot

    def stream(self) -> Iterator[bytes]:
        command = [_program("pg_dump"), "--format=custom", f"--snapshot={self._snapshot}", "--no-password"]
        with subprocess.Popen(  # noqa: S603 - our own words
            command, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as dump:
            while piece := _pipe(dump.stdout).read(PIECE):
                yield piece
            said = _pipe(dump.stderr).read().decode(errors="replace").strip()
        if dump.returncode != 0:
            raise NotPossible(f"pg_dump не справился: {said.splitlines()[-1] if said else 'без объяснения'}")

    def about(self) -> dict[str, Any]:
        return _about(self._connection)


class PostgreSQL:
    vendor = "postgresql"

    def __init__(self, settings: dict[str, Any]) -> None:
        named = {variable: str(settings[name]) for name, variable in VARIABLES.items() if settings.get(name)}
        chosen = settings.get("OPTIONS") or {}
        named |= {variable: str(chosen[name]) for name, variable in OPTIONS.items() if chosen.get(name)}
        self._named = named

    @property
    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "OPORA_"))}
        return kept | self._named | {"PGCONNECT_TIMEOUT": "10"}

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Any]]:
        parameters = {"PGDATABASE": "dbname"}
        chosen = {parameters.get(name, name[2:].lower()): value for name, value in self._named.items()}
        try:
            connection = psycopg.connect(**chosen, connect_timeout=10)  # type: ignore[arg-type]
        except psycopg.OperationalError as error:
            raise NotPossible("База данных не отвечает.") from error
        try:
            with connection:
                # Row-level security must not hide a row from a backup: the server then refuses instead of leaving out.
                connection.execute("SET row_security = off")
                yield connection
        except psycopg.errors.InsufficientPrivilege as error:
            raise NotPossible(
                "Роль базы видит не все строки, копия была бы неполной: нужна роль с BYPASSRLS (docs/howto/backup.md)."
            ) from error
        except psycopg.OperationalError as error:
            raise NotPossible("База данных перестала отвечать.") from error

    @contextmanager
    def copy(self, workplace: Path) -> Iterator[PostgreSQLCopy]:
        with self._connected() as connection:
            connection.commit()
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
            yield PostgreSQLCopy(connection, self._environment, str(row[0] if row else ""))

    def is_empty(self) -> bool:
        with self._connected() as connection:
            return not connection.execute(TABLES).fetchall()

    def fill(self, pieces: Iterable[bytes], workplace: Path) -> None:
        command = [
            _program("pg_restore"), "--dbname", self._named.get("PGDATABASE", ""), "--no-password", "--no-owner",
            "--no-privileges", "--exit-on-error", "--single-transaction",
        ]  # fmt: skip
        said = self._feed(command, pieces)
        if said:
            raise NotPossible(f"pg_restore не справился: {said}")

    def check(self, pieces: Iterable[bytes], workplace: Path) -> None:
        """pg_restore reads the whole dump and writes it out as SQL into nothing."""
        if self._feed([_program("pg_restore"), "--file", os.devnull], pieces):
            raise Broken("База в архиве не читается программой pg_restore.")

    def about(self) -> dict[str, Any]:
        with self._connected() as connection:
            return _about(connection)

    def _feed(self, command: list[str], pieces: Iterable[bytes]) -> str:
        """Give the pieces to a program; returns what it said when it failed."""
        with subprocess.Popen(  # noqa: S603 - as above
            command, env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as program:
            stdin = _pipe(program.stdin)
            try:
                for piece in pieces:
                    stdin.write(piece)
                stdin.close()
            except BrokenPipeError:
                pass  # it has given up; what it says is read below
            said = _pipe(program.stderr).read().decode(errors="replace").strip()
        return (said.splitlines() or ["без объяснения"])[-1] if program.returncode != 0 else ""


def _about(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    tables = [name for (name,) in connection.execute(TABLES)]

    def rows(table: str) -> Iterator[bytes]:
        query = sql.SQL("COPY (SELECT * FROM {} ORDER BY id) TO STDOUT").format(sql.Identifier(table))
        with connection.cursor() as cursor, cursor.copy(query) as copied:
            for piece in copied:
                yield bytes(piece)

    def count(table: str) -> int:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        return int(row[0]) if row else 0

    return {
        "rows": {name: count(name) for name in tables},
        "heads": [list(row) for row in connection.execute(HEADS)] if "registers_series" in tables else [],
        "evidence": {name: digest_of(rows(name)) for name in EVIDENCE if name in tables},
        "master_keys": (
            [str(one) for (one,) in connection.execute(MASTER_KEYS)] if "vault_personkey" in tables else []
        ),
    }


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise TypeError("the program was started without this pipe")
    return stream


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotPossible(f"Не найдена программа {name}: поставьте пакет postgresql-client той же версии, что сервер.")
    return found
