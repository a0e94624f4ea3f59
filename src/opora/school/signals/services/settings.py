"""The school's own days for the steps of a concern."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from .. import events
from ..models import SignalTerms
from ..terms import FIELDS

LONGEST = 60


@transaction.atomic
def terms_save(*, actor: Actor, **days: int) -> SignalTerms:
    """Keep the days by their names (`terms.FIELDS`). Raises Refusal for more than two months, ValidationError."""
    require(actor, "signal.terms")
    if set(days) != set(FIELDS.values()):
        raise ValidationError("Укажите все сроки.")
    for name, value in days.items():
        if value > LONGEST:
            raise Refusal("too_long", f"Не больше {LONGEST} рабочих дней.", field=name)
    known: Any = SignalTerms.objects.of(actor.at).first()
    kept = known or SignalTerms(organisation=actor.at)
    for name, value in days.items():
        setattr(kept, name, value)
    kept.full_clean()
    kept.save()
    record(events.TERMS_SAVED, actor=actor, subject=kept)
    return kept
