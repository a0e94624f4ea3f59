"""Rows gathered by table and written together, parents first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import connection, models

from opora.foundation.access.routes import person_of
from opora.foundation.vault import keyring
from opora.foundation.vault.fields import SealedJSONField, SealedTextField


class Batch:
    """`order` names the tables so that every row stands after those it points to."""

    def __init__(self, order: Sequence[type[models.Model]]) -> None:
        self.waiting: dict[type[models.Model], list[models.Model]] = {model: [] for model in order}
        self.written: Counter[str] = Counter()

    def add(self, *rows: models.Model) -> None:
        for row in rows:
            self.waiting[type(row)].append(row)

    def flush(self) -> None:
        for model, rows in self.waiting.items():
            if rows:
                _provide_keys(model, rows)
                model._base_manager.bulk_create(rows, batch_size=_rows_at_once(model))
                self.written[model.__name__] += len(rows)
                rows.clear()


def _provide_keys(model: type[models.Model], rows: list[models.Model]) -> None:
    """The keys of all children at once: sealing asks for them row by row."""
    if not any(isinstance(field, SealedTextField | SealedJSONField) for field in model._meta.concrete_fields):
        return
    places: dict[int, set[str]] = {}
    for row in rows:
        places.setdefault(getattr(row, "organisation_id"), set()).add(person_of(row))  # noqa: B009
    for place, persons in places.items():
        keyring.provide(place, persons)


def _rows_at_once(model: type[models.Model]) -> int:
    """PostgreSQL takes 65,535 parameters in a statement, SQLite what its build allows."""
    limit = connection.features.max_query_params or 65_000
    return max(1, min(limit, 30_000) // len(model._meta.concrete_fields))
