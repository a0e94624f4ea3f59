"""Words that must never be seen on a disk, put into everything that is sealed."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection, models

from opora.foundation.access.routes import person_of
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import within
from opora.foundation.vault.fields import SealedJSONField, SealedTextField
from opora.foundation.vault.models import PersonKey

LETTERS = "bdfghjkmnpqrstvwxz"
ROWS = 12  # of each field and organisation


def word() -> str:
    """The same in every encoding, no code of a diagnosis, and with a sign that base64 does not have."""
    return "".join(secrets.choice(LETTERS) for _ in range(7)) + "~"


def sealed_fields() -> list[tuple[type[models.Model], Any]]:
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField | SealedJSONField) and model.__module__.startswith("opora.")
        if ".tests." not in model.__module__
    ]


def plant(rows: int = ROWS) -> tuple[list[str], Counter[str]]:
    """Put a word into up to `rows` rows of every sealed field at each organisation; how many of each field."""
    words: list[str] = []
    planted: Counter[str] = Counter({f"{model._meta.label}.{field.name}": 0 for model, field in sealed_fields()})
    for organisation in Organisation.objects.filter(works_here=True):
        with within(organisation):
            gone = erased(organisation)
            for model, field in sealed_fields():
                alive = (row for row in _rows(model, field, organisation) if person_of(row) not in gone)
                for row in islice(alive, rows):
                    words.append(word())
                    _write(row, field, words[-1])
                    planted[f"{model._meta.label}.{field.name}"] += 1
    return words, planted


def erased(organisation: Organisation) -> set[str]:
    """Children whose keys were destroyed: nothing is written into their cards any more."""
    keys = PersonKey.objects.filter(organisation=organisation, destroyed_at__isnull=False)
    return set(keys.values_list("person_id", flat=True))


def _rows(model: type[models.Model], field: Any, organisation: Organisation) -> Any:
    rows = model._default_manager.filter(organisation=organisation).order_by("-pk")
    return rows.filter(consented=True) if field.name == "icd10" else rows


def _write(row: models.Model, field: Any, canary: str) -> None:
    before = getattr(row, field.name)
    if isinstance(field, SealedJSONField):
        after: Any = {**before, "canary": [canary]} if isinstance(before, dict) else canary
    else:
        after = f"{before} {canary}" if len(before) + 9 <= field.limit else canary
    setattr(row, field.name, after)
    row.save(update_fields=[field.name])


def read_by_the_product() -> Iterator[str]:
    """Everything sealed as those see it who may: the words have to be there."""
    for organisation in Organisation.objects.filter(works_here=True):
        with within(organisation):
            for model, field in sealed_fields():
                for row in model._default_manager.filter(organisation=organisation):
                    yield str(getattr(row, field.name))


def rows_as_stored() -> bytes:
    """All columns of all tables, as the database gives them to whoever asks it directly."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            told += [repr(row) for row in cursor.fetchall()]
    return "\n".join(told).encode()
