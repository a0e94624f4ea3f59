"""Rows of the database as records of an export. No long cursor: rows are read in portions, by their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from opora.foundation.audit.models import Checkpoint, Event
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.models import Entry, Series
from opora.foundation.vault.cipher import SealBroken
from opora.verification.canon import Record
from opora.verification.sealing import RegisterState

PORTION = 2000
EVENT_VALUES = ("id", "user__public_id", "code", "subject_type", "subject_id", "person_id", "details", "at")


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def place_id(organisation: Organisation | None) -> str:
    """How an organisation is called in evidence; events of the machine itself belong to none."""
    return organisation.public_id if organisation else ""


def event_records(organisation: Organisation | None, *, after: int = 0, until: int | None = None) -> Iterator[Record]:
    """Events of one organisation in order of their numbers, after one and up to another."""
    rows: Any = Event.objects.filter(organisation=organisation).order_by("id")
    if until is not None:
        rows = rows.filter(id__lte=until)
    last, place = after, place_id(organisation)
    while portion := list(rows.filter(id__gt=last).values_list(*EVENT_VALUES)[:PORTION]):
        for number, user, code, subject_type, subject_id, person_id, details, at in portion:
            yield {
                "kind": "event", "id": number, "organisation": place, "user": user or "", "code": code,
                "subject_type": subject_type, "subject_id": subject_id, "person_id": person_id, "details": details,
                "at": moment(at),
            }  # fmt: skip
        last = portion[-1][0]


def checkpoint_records(organisation: Organisation | None) -> Iterator[Record]:
    """All checkpoints of one organisation, the oldest first."""
    for one in Checkpoint.objects.filter(organisation=organisation).order_by("number").iterator(chunk_size=100):
        yield checkpoint_record(one)


def checkpoint_record(one: Checkpoint) -> Record:
    return {
        "kind": "checkpoint", "statement": one.statement, "rows": one.rows, "registers": one.registers,
        "signature": one.signature,
    }  # fmt: skip


def entry_records(series: Series, *, after: int = 0, until: int, with_content: bool) -> Iterator[Record]:
    """Lines of one register. Without contents a line shows its commitment alone: the salt would let one guess."""
    last = after
    rows = series.entries.filter(line__lte=until).order_by("line").select_related("corrects", "user")
    while portion := list(rows.filter(line__gt=last)[:PORTION]):
        for entry in portion:
            yield _entry(series, entry, with_content=with_content)
        last = portion[-1].line


def _entry(series: Series, entry: Entry, *, with_content: bool) -> Record:
    record: Record = {
        "kind": "entry", "series": series.code, "year": series.year, "line": entry.line, "number": entry.number,
        "number_year": entry.year, "type": entry.kind, "corrects": entry.corrects.digest if entry.corrects else "",
        "day": entry.day.isoformat(), "subject": f"{entry.subject_type}:{entry.subject_id}",
        "commitment": entry.commitment, "previous": entry.previous, "digest": entry.digest,
        "user": entry.user.public_id if entry.user else "", "at": moment(entry.at),
    }  # fmt: skip
    try:
        content, salt = entry.content, entry.salt
    except SealBroken:  # somebody has touched what is sealed: a kept line without content is a fault of the check
        return record | {"state": "kept"}
    if not content:
        return record | {"state": "erased"}
    return record | ({"state": "kept", "salt": salt, "content": content} if with_content else {"state": "withheld"})


def registers_of(organisation: Organisation | None) -> list[Series]:
    if organisation is None:
        return []
    return list(Series.objects.filter(organisation=organisation).order_by("code", "year"))


def register_states(organisation: Organisation | None, previous: Record | None) -> Iterator[RegisterState]:
    """Every register as it stands, with the lines that the last checkpoint has not seen."""
    seen = {(one["series"], one["year"]): one["lines"] for one in previous["registers"]} if previous else {}
    for series in registers_of(organisation):
        before = seen.get((series.code, series.year), 0)
        added = list(entry_records(series, after=before, until=series.lines, with_content=False))
        yield RegisterState(series.code, series.year, series.last, series.lines, series.head, added)
