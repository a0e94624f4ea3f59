"""The one way to write the log."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from opora.foundation.accounts.actors import Actor

from .models import Event
from .vocabulary import EventType, vocabulary


def record(
    event_type: EventType, *, actor: Actor, subject: models.Model | None = None, person_id: str = "", **details: Any
) -> Event:
    """Write one event inside the caller's transaction.

    `person_id` is the public id of the child's file the event belongs to. `details` hold ids, codes, dates and
    names of fields, never what a person said or suffers from. Raises RuntimeError outside a transaction: an event
    that can be lost while its deed stays is no evidence.
    """
    if event_type.code not in vocabulary():
        raise ValueError(f"the event {event_type.code} is not declared")
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its deed")
    return Event.objects.create(
        organisation=actor.organisation,
        user=actor.user,
        code=event_type.code,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(getattr(subject, "public_id", None) or getattr(subject, "pk", "") or "") if subject else "",
        person_id=person_id,
        details=details,
    )
