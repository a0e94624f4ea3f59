"""A hostile text in every text of every row, past the forms: what a page, a paper or a file does with it."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.models import User
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.models import Snapshot
from tests.permissions.canaries import text_fields

# Kinds by which rows are found, and what is signed: frozen as it was, it is not shown anew but given out as a file.
UNTOUCHED: tuple[type[models.Model], ...] = (Snapshot,)
SIGN_IN = frozenset({"username", "password", "email", "first_password"})
CODES = frozenset({"citizenship", "study", "kind", "number", "title"})
HUMAN = re.compile("[А-Яа-яЁё]")


def plant(text: str) -> int:
    """Returns the number of fields that hold the text now, cut where a field is shorter.

    What cannot be changed is passed over: cards of erased children, rows whose value the database itself guards.
    """
    count = 0
    for model in _models():
        fields = [one for one in text_fields(model) if not (model is User and one.name in SIGN_IN)]
        for one in model._default_manager.all() if fields else ():
            changed = [field.name for field in fields if _put(one, field, text)]
            count += len(changed) if changed and _saved(one, changed) else 0
    return count


def _saved(row: models.Model, changed: list[str]) -> bool:
    try:
        with transaction.atomic():
            models.Model.save(row, update_fields=changed)
    except (DatabaseError, Refusal):
        return False
    return True


def _models() -> list[type[models.Model]]:
    owned = [one for one in apps.get_models() if any(field.name == "organisation" for field in one._meta.fields)]
    return [one for one in [*owned, User, Organisation] if one not in UNTOUCHED]


def _put(row: models.Model, field: models.Field[Any, Any], text: str) -> bool:
    before = getattr(row, field.name)
    if isinstance(field, models.JSONField) or not isinstance(before, str):
        after = _inside(before, text)
    elif isinstance(field, models.EmailField) or (field.unique and before):
        return False
    else:
        after = text[: field.max_length] if field.max_length else text
    setattr(row, field.name, after)
    return bool(after != before)


def _inside(value: Any, text: str) -> Any:
    """Words of people inside JSON; codes, dates and numbers stay."""
    if isinstance(value, dict):
        return {key: one if key in CODES else _inside(one, text) for key, one in value.items()}
    if isinstance(value, list):
        return [_inside(one, text) for one in value]
    return text if isinstance(value, str) and HUMAN.search(value) else value
