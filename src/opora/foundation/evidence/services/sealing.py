"""Sealing the log: signed checkpoints."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import events
from opora.foundation.audit.guards import DOOR, settled_id
from opora.foundation.audit.models import Checkpoint, Event
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation
from opora.verification.canon import Record, canonical
from opora.verification.sealing import checkpoint_made

from .. import rows
from ..keys import NoKey, signing_key

logger = logging.getLogger("opora.evidence")


@transaction.atomic
def checkpoint_make(*, actor: Actor) -> Checkpoint | None:
    """Seal what was written since the last checkpoint; None when there is nothing new. Raises Refusal without a key.

    The checkpoint is put into the folder of checkpoints too, once it is committed.
    """
    require(actor, "evidence.export")
    place = actor.organisation
    _one_at_a_time(place)
    last = Checkpoint.objects.filter(organisation=place).order_by("-number").first()
    statement = last.statement if last else None
    until = settled_id()
    states = list(rows.register_states(place, statement))
    fresh = Event.objects.filter(organisation=place, id__gt=last.last_id if last else 0, id__lte=until).exists()
    if not fresh and not any(one.added for one in states):
        return None
    made = checkpoint_made(
        key_needed(), organisation=rows.place_id(place), previous=statement,
        events=rows.event_records(place, after=last.last_id if last else 0, until=until),
        registers=states, made_at=rows.moment(timezone.now()),
    )  # fmt: skip
    checkpoint = _kept(place, made)
    record(events.CHECKPOINT_MADE, actor=actor, number=checkpoint.number, count=checkpoint.count)
    transaction.on_commit(lambda: _put_aside(place, checkpoint))
    return checkpoint


def _one_at_a_time(place: Organisation | None) -> None:
    """Two checkpoints of one organisation are made one after the other; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [DOOR & 0x7FFFFFFF, place.pk if place else 0])


def key_needed() -> Any:
    """The signing key, or a Refusal that says where it comes from."""
    try:
        return signing_key()
    except NoKey as missing:
        raise Refusal("no_key", str(missing)) from missing


def _kept(place: Organisation | None, made: Record) -> Checkpoint:
    statement = made["statement"]
    return Checkpoint.objects.create(
        organisation=place, number=statement["number"], first_id=statement["first_id"], last_id=statement["last_id"],
        count=statement["count"], head=statement["head"], previous=statement["previous"], statement=statement,
        rows=made["rows"], registers=made["registers"], signature=made["signature"],
    )  # fmt: skip


def checkpoint_path(place: Organisation | None, number: int) -> Path:
    return Path(settings.CHECKPOINTS) / f"{rows.place_id(place) or 'place'}-{number:06}.json"


def _put_aside(place: Organisation | None, checkpoint: Checkpoint) -> None:
    """A copy outside the database. Without it the checkpoint is still good; `opora check` says that it is missing."""
    path = checkpoint_path(place, checkpoint.number)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(checkpoint_text(rows.checkpoint_record(checkpoint)))
    except OSError as error:
        logger.error("The checkpoint %s was not put aside: %s", checkpoint.number, error.strerror)


def checkpoint_text(made: Record) -> str:
    """A checkpoint as it is kept elsewhere."""
    return canonical(made) + "\n"
