"""Checking the living log, at once or by the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import events
from opora.foundation.audit.models import Checkpoint, Event
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.models import Entry
from opora.verification.canon import Record
from opora.verification.checking import NotEvidence, Verifier, kept_compare, kept_read
from opora.verification.report import Report

from .. import rows
from ..keys import public_keys
from ..models import Inspection
from .sealing import key_needed

TOLD_EVERY = 1000  # rows between two words about the progress
STALE = timedelta(minutes=30)  # a check that is silent for so long may be begun anew
Tell = Callable[[int], Any]


def database_verify(place: Organisation | None, tell: Tell = lambda done: None) -> Report:
    """Check the living log and registers of one organisation, and that no checkpoint put aside is missing.

    Rows newer than the last checkpoint are counted, not blamed. Raises Refusal without a key.
    """
    key_needed()
    verifier = Verifier(organisation=rows.place_id(place), trusted=public_keys(), strict=False)
    for done, one in enumerate(_living(place), start=1):
        verifier.feed(0, one)
        if done % TOLD_EVERY == 0:
            tell(done)
    report = verifier.finish(0)
    for path in sorted(Path(settings.CHECKPOINTS).glob(f"{rows.place_id(place) or 'place'}-*.json")):
        try:
            kept_compare(verifier, kept_read(path), 0)
        except NotEvidence as unreadable:
            report.notes.append(str(unreadable))
    return report


def _living(place: Organisation | None) -> Iterator[Record]:
    yield from rows.checkpoint_records(place)
    yield from rows.event_records(place)
    for series in rows.registers_of(place):
        yield {
            "kind": "series", "series": series.code, "year": series.year, "last": series.last,
            "lines": series.lines, "head": series.head,
        }  # fmt: skip
        yield from rows.entry_records(series, until=1 << 31, with_content=True)


def rows_count(place: Organisation | None) -> int:
    """How many rows a check reads, for the bar."""
    return (
        Event.objects.filter(organisation=place).count()
        + Checkpoint.objects.filter(organisation=place).count()
        + Entry.objects.filter(organisation=place).count()
    )


@transaction.atomic
def inspection_order(*, actor: Actor, start: Callable[[Inspection], Any]) -> Inspection:
    """Order a check. `start` hands it to the worker once it is committed.

    A check that is under way is not begun twice: the person is brought to it.
    """
    require(actor, "evidence.check")
    under_way = Inspection.objects.visible_to(actor).filter(
        state__in=(Inspection.State.WAITING, Inspection.State.RUNNING), asked_at__gt=timezone.now() - STALE
    )
    if (found := under_way.first()) is not None:
        return found
    made = Inspection(organisation=actor.at, user=actor.user, total=rows_count(actor.at))
    made.full_clean()
    made.save()
    transaction.on_commit(lambda: start(made))
    return made


def inspection_run(*, actor: Actor, inspection: Inspection) -> Inspection:
    """Carry out an ordered check; each step is committed, so that the page shows how far it is."""
    require(actor, "evidence.check")
    require_own(actor, inspection)
    _note(inspection, state=Inspection.State.RUNNING, done=0)
    try:
        report = database_verify(actor.at, tell=lambda done: _note(inspection, done=done))
    except Refusal as refusal:
        _note(inspection, state=Inspection.State.FAILED, verdict=refusal.message[:400], finished_at=timezone.now())
        return inspection
    verdict = "всё сходится" if report.good else f"не сходится: {report.first}"
    with transaction.atomic():
        _note(
            inspection, state=Inspection.State.READY, good=report.good, verdict=verdict[:400],
            done=inspection.total, faults=[str(one) for one in report.faults[:50]], finished_at=timezone.now(),
            counts={**report.counts, "erased": len(report.erased), "unsealed": report.unsealed},
        )  # fmt: skip
        record(events.EVIDENCE_CHECKED, actor=actor, subject=inspection, verdict=verdict[:200])
    return inspection


def inspection_fail(*, inspection: Inspection) -> None:
    """Write into a check that it broke off."""
    _note(
        inspection, state=Inspection.State.FAILED, finished_at=timezone.now(),
        verdict="Проверка прервалась. Начните её ещё раз.",
    )  # fmt: skip


def _note(inspection: Inspection, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(inspection, name, value)
    inspection.save(update_fields=list(changes))
