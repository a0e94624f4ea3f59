"""The list of erasures that a restore must carry out again (beyond-the-sources, section 1; security rules, item 11).

A backup is older than an erasure that came after it, so restoring it would bring back what the law has taken away.
Therefore each erasure is noted outside the database too: `erasures.log` in the folder of the place, copied beside the
backups. It holds ids alone, one JSON line for each note, and is only ever appended to.

An erasure is noted twice: before its transaction ends (`begun`) and after its commit (`done`). What was begun and
not done is unknown after a crash: a restore names it and does not guess.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from opora.foundation.identifiers import public_id
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import within

BEGUN, DONE = "begun", "done"
FILE = "erasures.log"


@dataclass(frozen=True)
class Erasure:
    """`kind` names who knows how to repeat it; `subject` is the public id of the child's file or of another row."""

    id: str
    kind: str
    organisation: str
    subject: str
    at: str
    state: str = BEGUN


Replay = Callable[[Organisation, str], None]
_REPLAYS: dict[str, Replay] = {}


def replay(kind: str) -> Callable[[Replay], Replay]:
    """Register how an erasure of a kind is carried out again.

    The function gets the organisation and the subject inside `within(organisation)` and one transaction; it must do
    nothing when the subject is erased already or is not there.
    """

    def register(function: Replay) -> Replay:
        if kind in _REPLAYS:
            raise ValueError(f"the replay of {kind} is declared twice")
        _REPLAYS[kind] = function
        return function

    return register


def home_log() -> Path:
    return Path(settings.HOME) / FILE


def erasure_note(*, kind: str, organisation: Organisation, subject: str) -> None:
    """Note an erasure; called inside its transaction, after everything else was done.

    Raises RuntimeError outside a transaction, OSError when the note cannot be written: then nothing is erased.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an erasure is noted in its own transaction")
    if kind not in _REPLAYS:
        raise ValueError(f"nobody knows how to repeat the erasure {kind}")
    begun = Erasure(public_id(), kind, organisation.public_id, subject, datetime.now(UTC).isoformat(timespec="seconds"))
    append(home_log(), begun)
    done = Erasure(**(asdict(begun) | {"state": DONE}))
    transaction.on_commit(lambda: append(home_log(), done))


def append(path: Path, *records: Erasure) -> None:
    """Add lines and wait until they are on the disk."""
    text = "".join(json.dumps(asdict(one), ensure_ascii=False, sort_keys=True) + "\n" for one in records)
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"  # the machine stopped in the middle of a line
        os.write(handle, ("\n" + text if torn else text).encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path) -> list[Erasure]:
    """All whole lines; a torn one was never acknowledged and is left out."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            found.append(Erasure(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found


def merge(target: Path, *sources: Path) -> list[Erasure]:
    """Bring the lines of other lists into one; returns all of them in order of time."""
    known = {(one.id, one.state): one for one in read(target)}
    new = {(one.id, one.state): one for source in sources for one in read(source)}
    missing = [one for key, one in new.items() if key not in known]
    if missing:
        append(target, *missing)
    return sorted([*known.values(), *missing], key=lambda one: (one.at, one.id, one.state))


@dataclass(frozen=True)
class Replayed:
    """How many erasures were carried out again, which are unknown, which nobody could repeat."""

    done: int
    unknown: list[Erasure]
    impossible: list[Erasure]


def erasures_replay(records: Iterable[Erasure]) -> Replayed:
    """Carry out again everything that was erased; each in a transaction of its own."""
    by_id: dict[str, Erasure] = {}
    for one in records:
        if one.id not in by_id or one.state == DONE:
            by_id[one.id] = one
    unknown, impossible, done = [], [], 0
    for one in by_id.values():
        if one.state != DONE:
            unknown.append(one)
            continue
        organisation = Organisation.objects.filter(public_id=one.organisation).first()
        if one.kind not in _REPLAYS or organisation is None:
            impossible.append(one)
            continue
        with within(organisation), transaction.atomic():
            _REPLAYS[one.kind](organisation, one.subject)
        done += 1
    return Replayed(done, unknown, impossible)
