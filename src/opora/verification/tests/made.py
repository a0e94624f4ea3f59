"""An invented export, made as Опора makes it, and ways to spoil it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from opora.verification.canon import canonical, entry_digest, sha256
from opora.verification.sealing import RegisterState, checkpoint_made, end_made, header_made

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PLACE = "place-1"
WHEN = "2026-11-21T09:00:00.000000Z"


def event(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "event", "id": number, "organisation": PLACE, "user": "anna", "code": "child.opened",
        "subject_type": "children.child", "subject_id": f"child-{number % 7}", "person_id": f"child-{number % 7}",
        "details": {"count": number}, "at": f"2026-11-21T09:00:{number % 60:02}.000000Z",
    } | changes  # fmt: skip


def entries(lines: int, year: int, *, erased: tuple[int, ...] = (), with_content: bool = True) -> list[dict[str, Any]]:
    """Lines of one register; the last but one is annulled by the last."""
    made: list[dict[str, Any]] = []
    for line in range(1, lines + 1):
        annuls = made[-1] if line == lines and lines > 2 else None
        content, salt = {"ребёнок": f"Имя {line}"}, f"{line:032x}"
        entry = {
            "kind": "entry", "series": "booking", "year": year, "line": line,
            "number": annuls["number"] if annuls else line, "number_year": year,
            "type": "annulment" if annuls else "entry", "corrects": annuls["digest"] if annuls else "",
            "day": f"{year}-03-02", "subject": f"cases.case:case-{line}",
            "commitment": sha256(salt + canonical(content)),
            "previous": made[-1]["digest"] if made else "", "user": "anna", "at": WHEN,
            "state": "erased" if line in erased else "kept" if with_content else "withheld",
        }  # fmt: skip
        if entry["state"] == "kept":
            entry |= {"salt": salt, "content": content}
        made.append(entry | {"digest": entry_digest(entry)})
    return made


def state(written: list[dict[str, Any]], until: int, since: int = 0) -> RegisterState:
    seen = written[:until]
    return RegisterState(
        series="booking", year=seen[0]["year"], last=sum(one["type"] == "entry" for one in seen), lines=until,
        head=seen[-1]["digest"], added=seen[since:],
    )  # fmt: skip


def export(
    events: int = 12, lines: int = 6, *, parts: int = 3, key: Ed25519PrivateKey = KEY, **kinds: Any
) -> list[Any]:
    """Records of an export with `parts` checkpoints over events with gaps in their numbers, and two registers."""
    rows = [event(3 * number + 1) for number in range(events)]
    books = [entries(lines, 2025, **kinds), entries(lines, 2026, **kinds)]
    checkpoints: list[Any] = []
    for part in range(1, parts + 1):
        since, until = events * (part - 1) // parts, events * part // parts
        seen, now = lines * (part - 1) // parts, lines * part // parts
        checkpoints.append(
            checkpoint_made(
                key, organisation=PLACE, previous=checkpoints[-1]["statement"] if checkpoints else None,
                events=rows[since:until], registers=[state(book, now, seen) for book in books] if now else [],
                made_at=WHEN,
            )
        )  # fmt: skip
    header = header_made(
        organisation=PLACE, name="ПМПК", keys=[checkpoints[-1]["statement"]["key"]], with_content=True, made_at=WHEN
    )
    registers = []
    for book in books:
        whole = state(book, lines)
        opened = {"kind": "series", "series": "booking", "year": whole.year}
        registers += [opened | {"last": whole.last, "lines": lines, "head": whole.head}, *book]
    return ended([header, *checkpoints, *rows, *registers], key)


def ended(records: list[Any], key: Ed25519PrivateKey = KEY) -> list[Any]:
    """Records with their signed end."""
    body = "".join(canonical(one) + "\n" for one in records)
    last = [one for one in records if one["kind"] == "checkpoint"][-1]["statement"]
    erased = [f"{one['series']}/{one['year']}: строка {one['line']}" for one in records if one.get("state") == "erased"]
    digest = hashlib.sha256(body.encode()).hexdigest()
    return copied([*records, end_made(key, header=records[0], last=last, erased=erased, digest=digest, made_at=WHEN)])


def written(records: list[Any], path: Path) -> Path:
    path.write_text("".join(canonical(one) + "\n" for one in records), encoding="utf-8")
    return path


def copied(records: list[Any]) -> list[Any]:
    return json.loads(json.dumps(records))


def place_of(records: list[Any], **wanted: Any) -> int:
    """Where the record with these values stands, from 0; the line of the file is one more."""
    return next(i for i, one in enumerate(records) if all(one.get(key) == value for key, value in wanted.items()))
