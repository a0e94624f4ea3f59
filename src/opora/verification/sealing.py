"""How checkpoints and the end of an export are made and signed. Pure: rows and the key are given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from .canon import (
    CHECKPOINT,
    EVIDENCE,
    Record,
    canonical,
    checkpoint_digest,
    entry_mark,
    event_digest,
    folded,
    rows_packed,
    sha256,
)
from .keys import public_text, signed


@dataclass(frozen=True)
class RegisterState:
    """A register at the moment of a checkpoint: its counter, and the lines written since the last one."""

    series: str
    year: int
    last: int
    lines: int
    head: str
    added: list[Record] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.series}/{self.year}"


def checkpoint_made(
    key: Ed25519PrivateKey,
    *,
    organisation: str,
    previous: Record | None,
    events: Iterable[Record],
    registers: Iterable[RegisterState],
    made_at: str,
) -> Record:
    """A checkpoint over `events`, all that were written after the one whose statement is `previous`.

    Returns the record: a signed statement, and the lists of rows whose hashes the statement holds.
    """
    head, digests = (previous["head"] if previous else ""), []
    for event in events:
        digest = event_digest(event)
        head = folded(head, digest)
        digests.append((int(event["id"]), digest))
    states = list(registers)
    rows = rows_packed(digests)
    lines = {one.name: rows_packed((entry["line"], entry_mark(entry)) for entry in one.added) for one in states}
    before = previous["last_id"] if previous else 0
    statement = {
        "format": CHECKPOINT,
        "organisation": organisation,
        "number": (previous["number"] if previous else 0) + 1,
        "first_id": digests[0][0] if digests else before,
        "last_id": digests[-1][0] if digests else before,
        "count": len(digests),
        "events": (previous["events"] if previous else 0) + len(digests),
        "head": head,
        "rows": sha256(rows),
        "registers": [
            {
                "series": one.series, "year": one.year, "last": one.last, "lines": one.lines, "head": one.head,
                "rows": sha256(lines[one.name]),
            }
            for one in states
        ],
        "previous": checkpoint_digest(previous) if previous else "",
        "made_at": made_at,
        "key": public_text(key),
    }  # fmt: skip
    return {
        "kind": "checkpoint",
        "statement": statement,
        "rows": rows,
        "registers": lines,
        "signature": signed(key, canonical(statement)),
    }


def header_made(*, organisation: str, name: str, keys: Iterable[str], with_content: bool, made_at: str) -> Record:
    """The first line of an export."""
    return {
        "kind": "header", "format": EVIDENCE, "organisation": organisation, "name": name, "keys": sorted({*keys}),
        "with_content": with_content, "made_at": made_at,
    }  # fmt: skip


def end_made(
    key: Ed25519PrivateKey, *, header: Record, last: Record, erased: list[str], digest: str, made_at: str
) -> Record:
    """The signed end: what was exported, and the hash of every byte before it. `last` is the last statement."""
    statement = {
        "format": EVIDENCE, "header": header, "checkpoints": last["number"], "checkpoint": checkpoint_digest(last),
        "erased": erased, "sha256": digest, "made_at": made_at, "key": public_text(key),
    }  # fmt: skip
    return {"kind": "end", "statement": statement, "signature": signed(key, canonical(statement))}
