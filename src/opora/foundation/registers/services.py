"""Taking a number, adding a line, freezing a paper. All inside the caller's transaction."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation

from .models import Entry, Series, Snapshot


def canonical(content: Any) -> str:
    """The one way to write content as text: sorted keys, no spaces, Cyrillic as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _locked_series(organisation: Organisation, code: str, year: int) -> Series:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of its act")
    locked = Series.objects.select_for_update().filter(organisation=organisation, code=code, year=year)
    found = locked.first()
    if found is None:
        try:
            with transaction.atomic():
                Series.objects.create(organisation=organisation, code=code, year=year)
        except IntegrityError:
            pass  # another transaction was first; its row is locked below
        found = locked.get()
    return found


def _digest(*, previous: str, number: int, kind: str, day: date, subject: str, commitment: str, corrects: int) -> str:
    return sha256(canonical([previous, number, kind, day.isoformat(), subject, commitment, corrects]))


def number_next(*, actor: Actor, series: str, day: date) -> int:
    """The number that the next `entry_add` of this transaction takes: the counter stays locked until its end.

    For a paper that bears its own number and whose hash stands in the entry.
    """
    return _locked_series(actor.at, series, day.year).last + 1


def entry_add(
    *,
    actor: Actor,
    series: str,
    day: date,
    subject: models.Model,
    content: dict[str, Any],
    kind: str = Entry.Kind.ENTRY,
    corrects: Entry | None = None,
) -> Entry:
    """Add a line to a register: the next number of its series, chained to the line before it (C-12)."""
    counter = _locked_series(actor.at, series, day.year)
    frozen = json.loads(canonical(content))
    salt = secrets.token_hex(16)
    commitment = sha256(salt + canonical(frozen))
    subject_type, subject_id = subject._meta.label_lower, str(getattr(subject, "public_id"))  # noqa: B009
    counter.last += 1
    digest = _digest(
        previous=counter.head,
        number=counter.last,
        kind=kind,
        day=day,
        subject=f"{subject_type}:{subject_id}",
        commitment=commitment,
        corrects=corrects.number if corrects else 0,
    )
    entry = Entry.objects.create(
        organisation=actor.at,
        series=counter,
        number=counter.last,
        kind=kind,
        corrects=corrects,
        day=day,
        subject_type=subject_type,
        subject_id=subject_id,
        content=frozen,
        salt=salt,
        commitment=commitment,
        previous=counter.head,
        digest=digest,
        user=actor.user,
    )
    counter.head = digest
    counter.save(update_fields=["last", "head"])
    return entry


@dataclass(frozen=True)
class Fault:
    """The first bad place of a series."""

    series: Series
    number: int
    reason: str


def faults(organisation: Organisation | None = None) -> Iterator[Fault]:
    """Walk all registers and yield the first fault of each series: a gap, a broken link, a changed line."""
    every = Series.objects.order_by("pk")
    for series in every.filter(organisation=organisation) if organisation else every:
        fault = _first_fault(series)
        if fault:
            yield fault


def _first_fault(series: Series) -> Fault | None:
    previous, number = "", 0
    for entry in series.entries.order_by("number").select_related("corrects").iterator(chunk_size=1000):
        number += 1
        if entry.number != number:
            return Fault(series, number, "пропущен номер")
        if entry.previous != previous:
            return Fault(series, number, "запись не связана с предыдущей")
        if entry.content and sha256(entry.salt + canonical(entry.content)) != entry.commitment:
            return Fault(series, number, "содержание изменено")
        if entry.digest != _digest(
            previous=previous,
            number=number,
            kind=entry.kind,
            day=entry.day,
            subject=f"{entry.subject_type}:{entry.subject_id}",
            commitment=entry.commitment,
            corrects=entry.corrects.number if entry.corrects else 0,
        ):
            return Fault(series, number, "запись изменена")
        previous = entry.digest
    if series.last != number or series.head != previous:
        return Fault(series, number + 1, "конец журнала не сходится со счётчиком")
    return None


def snapshot_freeze(
    *, actor: Actor, form: str, subject: models.Model, content: dict[str, Any], person_id: str = ""
) -> Snapshot:
    """Freeze the content of a paper (decision 7)."""
    text = canonical(content)
    return Snapshot.objects.create(
        organisation=actor.at,
        form=form,
        subject_type=subject._meta.label_lower,
        subject_id=str(getattr(subject, "public_id")),  # noqa: B009
        person_id=person_id,
        content=json.loads(text),
        sha256=sha256(text),
        user=actor.user,
    )


def snapshot_is_whole(snapshot: Snapshot) -> bool:
    """Say whether the content still has the hash it was signed with."""
    return sha256(canonical(snapshot.content)) == snapshot.sha256
