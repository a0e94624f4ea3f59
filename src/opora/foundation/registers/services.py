"""Taking a number, adding a line, freezing a paper. All inside the caller's transaction."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from opora.foundation.access.routes import person_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import within
from opora.foundation.vault.cipher import SealBroken

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


def _digest(
    *, previous: str, line: int, number: str, kind: str, day: date, subject: str, commitment: str, corrects: str
) -> str:
    return sha256(canonical([previous, line, number, kind, day.isoformat(), subject, commitment, corrects]))


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
    """Add a line to a register, chained to the line before it (C-12).

    An entry takes the next number of its series; a correction or an annulment bears the number of `corrects`, so
    that the numbers of acts have no gap and a spoiled one is never used again (C-13).
    """
    if (kind == Entry.Kind.ENTRY) is not (corrects is None):
        raise ValueError("a correction names the line that it corrects, an entry names none")
    counter = _locked_series(actor.at, series, day.year)
    frozen = json.loads(canonical(content))
    salt = secrets.token_hex(16)
    commitment = sha256(salt + canonical(frozen))
    subject_type, subject_id = subject._meta.label_lower, str(getattr(subject, "public_id"))  # noqa: B009
    counter.lines += 1
    counter.last += kind == Entry.Kind.ENTRY
    number, year = (corrects.number, corrects.year) if corrects else (counter.last, counter.year)
    digest = _digest(
        previous=counter.head,
        line=counter.lines,
        number=f"{number}/{year}",
        kind=kind,
        day=day,
        subject=f"{subject_type}:{subject_id}",
        commitment=commitment,
        corrects=corrects.digest if corrects else "",
    )
    entry = Entry.objects.create(
        organisation=actor.at,
        series=counter,
        line=counter.lines,
        number=number,
        year=year,
        kind=kind,
        corrects=corrects,
        day=day,
        subject_type=subject_type,
        subject_id=subject_id,
        person_id=person_of(subject),
        content=frozen,
        salt=salt,
        commitment=commitment,
        previous=counter.head,
        digest=digest,
        user=actor.user,
    )
    counter.head = digest
    counter.save(update_fields=["last", "lines", "head"])
    return entry


@dataclass(frozen=True)
class Fault:
    """The first bad line of a series."""

    series: Series
    line: int
    reason: str


def faults(organisation: Organisation | None = None) -> list[Fault]:
    """The first fault of each register of an organisation, or of all: a gap, a broken link, a changed line."""
    found: list[Fault] = []
    for place in [organisation] if organisation else Organisation.objects.workplaces():
        with within(place):
            every = (_first_fault(series) for series in Series.objects.order_by("pk"))
            found += [one for one in every if one]
    return found


def _first_fault(series: Series) -> Fault | None:
    previous, line, last = "", 0, 0
    for entry in series.entries.order_by("line").select_related("corrects", "series").iterator(chunk_size=1000):
        line += 1
        last += entry.kind == Entry.Kind.ENTRY
        if entry.line != line:
            return Fault(series, line, "пропущена строка")
        if (entry.number, entry.year) != _expected_number(entry, last):
            return Fault(series, line, "пропущен номер")
        if entry.previous != previous:
            return Fault(series, line, "строка не связана с предыдущей")
        if not _content_is_whole(entry):
            return Fault(series, line, "содержание изменено")
        if entry.digest != _digest(
            previous=previous,
            line=line,
            number=f"{entry.number}/{entry.year}",
            kind=entry.kind,
            day=entry.day,
            subject=f"{entry.subject_type}:{entry.subject_id}",
            commitment=entry.commitment,
            corrects=entry.corrects.digest if entry.corrects else "",
        ):
            return Fault(series, line, "запись изменена")
        previous = entry.digest
    if (series.last, series.lines, series.head) != (last, line, previous):
        return Fault(series, line + 1, "конец журнала не сходится со счётчиком")
    return None


def _content_is_whole(entry: Entry) -> bool:
    """Whether the content is what was written, or was erased by law."""
    try:
        return not entry.content or sha256(entry.salt + canonical(entry.content)) == entry.commitment
    except SealBroken:
        return False


def _expected_number(entry: Entry, last: int) -> tuple[int, int]:
    return (entry.corrects.number, entry.corrects.year) if entry.corrects else (last, entry.series.year)


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
    try:
        return sha256(canonical(snapshot.content)) == snapshot.sha256
    except SealBroken:
        return False
