"""The statute of the consilium: terms and standing posts of one school."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from .. import events
from ..models import ConsiliumSettings
from ..terms import statute_of

FIELDS = frozenset({
    "protocol_days", "teachers_days", "meetings_months", "first_control_months", "second_control_months",
    "quorum_percent", "act", "deputy", "secretary",
})  # fmt: skip
LIMITS = {"protocol_days": 30, "teachers_days": 30, "meetings_months": 12, "quorum_percent": 100}


@transaction.atomic
def settings_save(*, actor: Actor, **values: Any) -> ConsiliumSettings:
    """Save the terms that differ from the usual ones. Raises Refusal for a term that no statute has."""
    require(actor, "consilium.settings")
    unknown = values.keys() - FIELDS
    if unknown:
        raise TypeError(f"unknown settings: {', '.join(sorted(unknown))}")
    row = statute_of(actor.at)
    for name, value in values.items():
        setattr(row, name, value)
    for name, most in LIMITS.items():
        if not 1 <= getattr(row, name) <= most:
            raise Refusal("out_of_range", f"Число от 1 до {most}.", field=name)
    if not 0 < row.first_control_months < row.second_control_months <= 24:
        raise Refusal("controls", "Второй контроль позже первого и не позже двух лет.", field="second_control_months")
    for name in ("deputy", "secretary"):
        _require_own_post(actor, getattr(row, name), name)
    row.full_clean()
    row.save()
    record(events.SETTINGS_SAVED, actor=actor, subject=row, fields=sorted(values))
    return row


def _require_own_post(actor: Actor, post: Position | None, name: str) -> None:
    if post is not None and post.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Это сотрудник другой организации.", field=name)
