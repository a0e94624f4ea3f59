"""For which organisation the program works at this moment: the third wall, and what the fourth one is told.

A web request works for one organisation, the one of its actor. Commands and the worker say it themselves:

    with within(organisation):
        ...

Rows with an `organisation` are read through managers that add the scope and raise `Unscoped` without one. On
PostgreSQL the same scope is told to the database for the running transaction, and its row-level security hides
everything else (`walls.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Protocol

from django.conf import settings
from django.db import DatabaseError, connection


class Place(Protocol):
    """An organisation, named by its row number alone: this module is imported by its model."""

    @property
    def pk(self) -> int: ...


class Unscoped(RuntimeError):
    """Rows of an organisation were asked for without saying of which one."""


@dataclass(frozen=True)
class Scope:
    """`organisation` and `person` are row numbers; 0 is nobody's. `walls` is off only where no person looks.

    `is_told` says that somebody has set the scope; in one that is told and nobody's there are no rows at all.
    """

    organisation: int = 0
    person: int = 0
    walls: bool = True
    is_told: bool = False


NOWHERE = Scope()
_scope: ContextVar[Scope] = ContextVar("scope", default=NOWHERE)


def scope() -> Scope:
    """The scope of this moment."""
    return _scope.get()


@contextmanager
def within(organisation: Place | int) -> Iterator[None]:
    """Work for one organisation until the end of the block. Blocks may be nested; the inner one counts."""
    number = organisation if isinstance(organisation, int) else organisation.pk
    with _told(replace(scope(), organisation=number, walls=True, is_told=True)):
        yield


@contextmanager
def as_person(person: int) -> Iterator[None]:
    """Say who asks, before it is known for which organisation: a person may read the list of his own posts."""
    with _told(Scope(person=person, is_told=True)):
        yield


@contextmanager
def nowhere() -> Iterator[None]:
    """The beginning of every request: for no organisation yet."""
    token = _scope.set(NOWHERE)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def beyond_walls() -> Iterator[None]:
    """For the machine alone: filling an empty database, checking all registers. No person's request comes here.

    The application's own role of PostgreSQL gains nothing by it: the database keeps its walls.
    """
    token = _scope.set(Scope(walls=False))
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def _told(wanted: Scope) -> Iterator[None]:
    before, nested = scope(), connection.in_atomic_block
    _tell(wanted, local=nested)
    token = _scope.set(wanted)
    try:
        yield
    finally:
        _scope.reset(token)
        _tell_again(before, local=nested)


def _tell(wanted: Scope, *, local: bool) -> None:
    """Tell PostgreSQL, in one query: for the open transaction (SET LOCAL), or for the session where none is open.

    The role is lowered where the login is stronger than a request needs.
    """
    if connection.vendor != "postgresql":
        return
    role = (settings.DATABASE_ROLE if wanted.walls and wanted != NOWHERE else "") or "none"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('opora.organisation', %s, %s), set_config('opora.person', %s, %s),"
            " set_config('role', %s, %s)",
            [str(wanted.organisation), local, str(wanted.person), local, role, local],
        )


def _tell_again(before: Scope, *, local: bool) -> None:
    """Back to the outer scope. Whoever opened a broken transaction rolls it back, and the settings with it."""
    if local and connection.needs_rollback:
        return
    try:
        _tell(before, local=local)
    except DatabaseError:
        if not local:
            connection.close()
