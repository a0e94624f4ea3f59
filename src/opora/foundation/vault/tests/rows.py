"""Two sealed models of the tests' own: this room has none but its keys."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, models

from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedJSONField, SealedTextField


class Note(Owned):
    """A text about a child."""

    person_id = models.CharField(max_length=40, blank=True)
    text = SealedTextField("текст", limit=100, blank=True)
    other = SealedTextField("другое", limit=100, blank=True)
    details = SealedJSONField("подробности", default=dict, blank=True)

    objects = OwnedQuerySet["Note"].as_manager()

    class Meta:
        app_label = "vault"

    def __str__(self) -> str:
        return self.public_id


apps.all_models["vault"].pop("note", None)  # no table of the product
apps.clear_cache()


def table_made() -> None:
    """Make the table inside the test's transaction."""
    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []
    statement, params = editor.table_sql(Note)
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)


def place_of(name: str) -> Organisation:
    return Organisation.objects.create(kind="territorial_commission", full_name=name, short_name=name, works_here=True)


def stored(row: Note, column: str = "text") -> str:
    """What the database holds."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM {Note._meta.db_table} WHERE id = %s', [row.pk])
        value: Any = cursor.fetchone()[0]
    return str(value)


def put(row: Note, value: str, column: str = "text") -> None:
    """Write into the database past the product."""
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE {Note._meta.db_table} SET "{column}" = %s WHERE id = %s', [value, row.pk])
