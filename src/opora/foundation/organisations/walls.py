"""The fourth wall, in PostgreSQL: row-level security, composite foreign keys, and a role that owns nothing.

Raised anew after every migration, from the models themselves, so that a new table is never forgotten:
- each table with `organisation_id` shows and takes only rows of `opora.organisation`, also to its owner (FORCE);
- a foreign key between two such tables carries the organisation with it, so that a row cannot point through the wall;
- the role of the application may read and write rows, not tables; the log and the registers it may only add to.

SQLite has one file and no roles: there the first three walls stand alone (docs/security.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from .models import Organisation

OWN = "organisation_id = nullif(current_setting('opora.organisation', true), '')::bigint"
OWN_OR_NOBODYS = f"(organisation_id IS NULL OR {OWN})"
PERSON = "user_id = nullif(current_setting('opora.person', true), '')::bigint"


@dataclass(frozen=True)
class Wall:
    """How the rows of one table are guarded beyond the rule for all."""

    reads: str = OWN  # which rows are seen
    writes: str = OWN  # which rows may be written
    frozen: bool = False  # rows are added, never changed or deleted
    changes: tuple[str, ...] = ()  # of frozen rows: the columns that may still be emptied


# A person reads his own posts before it is known for which organisation he asks.
_PERSONS_OWN = Wall(reads=f"({OWN} OR {PERSON})")
_WALLS: dict[str, Wall] = {"access_position": _PERSONS_OWN, "access_undertaking": _PERSONS_OWN}


def declare_wall(table: str, wall: Wall) -> None:
    """Say how a table differs from the rule; called by the room that owns it."""
    _WALLS[table] = wall


def walled_models() -> Iterator[type[models.Model]]:
    """Every model with an `organisation`, by table name."""
    every = (model for model in apps.get_models(include_auto_created=True) if _organisation_of(model))
    yield from sorted(every, key=lambda model: model._meta.db_table)


def _organisation_of(model: type[models.Model]) -> models.Field[object, object] | None:
    found = (one for one in model._meta.local_fields if one.column == "organisation_id")
    return next((one for one in found if one.related_model is Organisation), None)


def raise_walls() -> None:
    """Bring the database in line with the models. Does nothing on SQLite; safe to run again."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)


def statements() -> Iterator[str]:
    """All statements in order, for the owner of the tables."""
    walled = {model._meta.db_table: model for model in walled_models()}
    for table in walled:
        yield from _policies(table, _WALLS.get(table, Wall()))
        yield f'CREATE UNIQUE INDEX IF NOT EXISTS "{table}_of" ON "{table}" (organisation_id, id)'
    for table, model in walled.items():
        yield from _composite_keys(table, model, walled)
    if settings.APPLICATION_ROLE:
        yield from _rights(settings.APPLICATION_ROLE, walled)


def _policies(table: str, wall: Wall) -> Iterator[str]:
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
    for name, command, rule in (
        ("sees", "FOR SELECT", f"USING ({wall.reads})"),
        ("adds", "FOR INSERT", f"WITH CHECK ({wall.writes})"),
        ("changes", "FOR UPDATE", f"USING ({wall.writes}) WITH CHECK ({wall.writes})"),
        ("deletes", "FOR DELETE", f"USING ({wall.writes})"),
    ):
        yield f'DROP POLICY IF EXISTS "{name}" ON "{table}"'
        yield f'CREATE POLICY "{name}" ON "{table}" {command} {rule}'


def _composite_keys(table: str, model: type[models.Model], walled: dict[str, type[models.Model]]) -> Iterator[str]:
    for field in model._meta.local_fields:
        target = field.related_model._meta.db_table if isinstance(field.related_model, type) else ""
        if target not in walled or field.column == "organisation_id":
            continue
        name = "within_" + hashlib.sha256(f"{table}.{field.column}".encode()).hexdigest()[:16]
        yield f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"'
        yield (
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (organisation_id, "{field.column}")'
            f' REFERENCES "{target}" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED'
        )


def _rights(role: str, walled: Iterable[str]) -> Iterator[str]:
    yield f'GRANT USAGE ON SCHEMA public TO "{role}"'
    yield f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"'
    yield f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"'
    yield f'REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM "{role}"'
    for table in walled:
        wall = _WALLS.get(table, Wall())
        if wall.frozen:
            yield f'REVOKE UPDATE, DELETE ON "{table}" FROM "{role}"'
        if wall.changes:
            yield f'GRANT UPDATE ({", ".join(wall.changes)}) ON "{table}" TO "{role}"'
