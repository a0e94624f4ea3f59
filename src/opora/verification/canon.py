"""How rows are written as text, how they are chained, and what a checkpoint says. Pure functions."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

EVIDENCE = "opora-evidence/1"
CHECKPOINT = "opora-checkpoint/1"
EVENT_FIELDS = ("id", "organisation", "user", "code", "subject_type", "subject_id", "person_id", "details", "at")
ENTRY_FIELDS = (
    "series", "year", "line", "number", "number_year", "type", "corrects", "day", "subject", "commitment",
    "previous", "digest", "user", "at", "state",
)  # fmt: skip
SHORT = 16  # bytes of a hash kept for each row: enough to name the row, the whole head proves the rest
ID_SIZE = 8

Record = dict[str, Any]


def canonical(content: Any) -> str:
    """The one way to write content as text: sorted keys, no spaces, Cyrillic as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def event_digest(event: Record) -> str:
    """The hash of one event with everything that is known of it."""
    return sha256(canonical([event[name] for name in EVENT_FIELDS]))


def entry_digest(entry: Record) -> str:
    """The hash of a register line: it covers the line before it and the commitment, not the content itself."""
    number = f"{entry['number']}/{entry['number_year']}"
    return sha256(
        canonical(
            [
                entry["previous"], entry["line"], number, entry["type"], entry["day"], entry["subject"],
                entry["commitment"], entry["corrects"],
            ]
        )
    )  # fmt: skip


def entry_mark(entry: Record) -> str:
    """What a checkpoint keeps of a line: its hash, and who wrote it when."""
    return sha256(canonical([entry["digest"], entry["user"], entry["at"]]))


def folded(head: str, digest: str) -> str:
    """The head of a chain after one more row."""
    return sha256(head + digest)


def rows_packed(rows: Iterable[tuple[int, str]]) -> str:
    """Numbers and short hashes of rows as one text, to be kept in a checkpoint."""
    packed = b"".join(number.to_bytes(ID_SIZE, "big") + bytes.fromhex(digest)[:SHORT] for number, digest in rows)
    return base64.b64encode(packed).decode()


def rows_unpacked(text: str) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the short hash of each row. Raises ValueError for a spoiled text."""
    packed = base64.b64decode(text, validate=True)
    size = ID_SIZE + SHORT
    if len(packed) % size:
        raise ValueError("the list of rows is cut")
    for start in range(0, len(packed), size):
        yield int.from_bytes(packed[start : start + ID_SIZE], "big"), packed[start + ID_SIZE : start + size]


def checkpoint_digest(statement: Record) -> str:
    """What the next checkpoint refers to."""
    return sha256(canonical(statement))
