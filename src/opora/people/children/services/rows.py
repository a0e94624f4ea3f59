"""What all these services do with a row: keep it within its wall, change it, say which fields changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from opora.foundation.access.actions import require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Owned
from opora.people.children.validation import tidy


def own(actor: Actor, row: Owned) -> None:
    """Refuse a row of another organisation, of a child whom the actor need not know, of a frozen card."""
    if row.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Эта карта принадлежит другой организации.")
    require_own(actor, row)


def tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    """Single-line texts without stray spaces; the rest as it is."""
    return {
        key: tidy(value) if isinstance(value, str) and "\n" not in value else value for key, value in values.items()
    }


def revise(row: models.Model, values: Mapping[str, Any]) -> list[str]:
    """Set the values on a row and return the Russian names of the fields that changed, for the audit."""
    changed = []
    for key, value in values.items():
        if getattr(row, key) != value:
            setattr(row, key, value)
            changed.append(str(getattr(row._meta.get_field(key), "verbose_name", key)))
    return changed
