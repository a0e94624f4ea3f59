"""The export of evidence: one file that anybody can check with `opora.verification`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import events
from opora.foundation.audit.models import Checkpoint
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation
from opora.verification.canon import Record, canonical
from opora.verification.sealing import end_made, header_made

from .. import rows
from ..keys import public_keys, signing_key
from .sealing import checkpoint_make


@transaction.atomic
def evidence_export(*, actor: Actor, with_content: bool = False) -> Iterator[str]:
    """Seal what is new, and return the lines of the export: everything up to the checkpoint made just now.

    The event of the export is written before the first line is given out. Raises Refusal without a key.
    """
    require(actor, "evidence.export")
    checkpoint_make(actor=actor)
    place = actor.organisation
    last = Checkpoint.objects.filter(organisation=place).order_by("-number").first()
    if last is None:
        raise Refusal("nothing", "Заверять и выгружать пока нечего: событий ещё нет.")
    entries = sum(one["lines"] for one in last.statement["registers"])
    record(events.EVIDENCE_EXPORTED, actor=actor, events=last.statement["events"], entries=entries,
           checkpoint=last.number, with_content=with_content)  # fmt: skip
    return _lines(place, last, with_content)


def _lines(place: Organisation | None, last: Checkpoint, with_content: bool) -> Iterator[str]:
    now = rows.moment(timezone.now())
    header = header_made(
        organisation=rows.place_id(place), name=place.full_name if place else "Опора", keys=public_keys(),
        with_content=with_content, made_at=now,
    )  # fmt: skip
    hasher, erased = hashlib.sha256(), []
    for one in (header, *_sealed(place, last, with_content)):
        line = canonical(one) + "\n"
        hasher.update(line.encode())
        if one.get("state") == "erased":
            erased.append(f"{one['series']}/{one['year']}: строка {one['line']}")
        yield line
    end = end_made(
        signing_key(), header=header, last=last.statement, erased=erased, digest=hasher.hexdigest(), made_at=now
    )
    yield canonical(end) + "\n"


def _sealed(place: Organisation | None, last: Checkpoint, with_content: bool) -> Iterator[Record]:
    """Everything that the last checkpoint covers, in the order of an export."""
    for one in rows.checkpoint_records(place):
        if one["statement"]["number"] <= last.number:
            yield one
    yield from rows.event_records(place, until=last.last_id)
    sealed = {(one["series"], one["year"]): one for one in last.statement["registers"]}
    for series in rows.registers_of(place):
        state = sealed.get((series.code, series.year))
        if state is not None:
            yield {"kind": "series", **{name: state[name] for name in ("series", "year", "last", "lines", "head")}}
            yield from rows.entry_records(series, until=state["lines"], with_content=with_content)
