"""`python -m tests.trust.evidence`: a large export is checked quickly, and random tampering is never missed."""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from opora.verification.canon import canonical
from opora.verification.checking import NotEvidence, verify_file
from opora.verification.keys import public_text
from opora.verification.tests import made

PUBLIC = public_text(made.KEY)
Lines = list[str]


def field_changed(lines: Lines, chance: random.Random) -> Lines:
    at = chance.randrange(1, len(lines))
    record = json.loads(lines[at])
    name = chance.choice([one for one in record if one != "kind"])
    value: Any = record[name]
    record[name] = f"{value}я" if isinstance(value, str) else [value, 1]
    return [*lines[:at], canonical(record) + "\n", *lines[at + 1 :]]


def line_removed(lines: Lines, chance: random.Random) -> Lines:
    at = chance.randrange(1, len(lines))
    return lines[:at] + lines[at + 1 :]


def lines_swapped(lines: Lines, chance: random.Random) -> Lines:
    one, other = chance.sample(range(1, len(lines)), 2)
    changed = list(lines)
    changed[one], changed[other] = changed[other], changed[one]
    return changed


def line_repeated(lines: Lines, chance: random.Random) -> Lines:
    at = chance.randrange(1, len(lines))
    return [*lines[:at], lines[chance.randrange(len(lines))], *lines[at:]]


def event_invented(lines: Lines, chance: random.Random) -> Lines:
    at = chance.randrange(1, len(lines))
    return [*lines[:at], canonical(made.event(chance.randrange(1, 10_000), code="invented")) + "\n", *lines[at:]]


def byte_flipped(lines: Lines, chance: random.Random) -> Lines:
    text = "".join(lines).encode()
    at = chance.randrange(len(text))
    flipped = text[:at] + bytes([text[at] ^ chance.randrange(1, 256)]) + text[at + 1 :]
    return flipped.decode("latin-1").splitlines(keepends=True)


def tail_cut(lines: Lines, chance: random.Random) -> Lines:
    return lines[: chance.randrange(1, len(lines))]


DEEDS: tuple[Callable[[Lines, random.Random], Lines], ...] = (
    field_changed, line_removed, lines_swapped, line_repeated, event_invented, byte_flipped, tail_cut,
)  # fmt: skip


def is_found(path: Path, lines: Lines, encoding: str) -> bool:
    path.write_text("".join(lines), encoding=encoding)
    try:
        return not verify_file(path, keys=[PUBLIC]).good
    except NotEvidence:
        return True


def tampering(folder: Path, times: int) -> tuple[Counter[str], list[str]]:
    """Spoil an export in a random way, again and again; returns how often each was tried, and what was missed."""
    whole = [canonical(one) + "\n" for one in made.export(events=40, lines=12, erased=(3,))]
    tried, missed = Counter[str](), []
    for seed in range(times):
        chance = random.Random(seed)
        deed = DEEDS[seed % len(DEEDS)]
        spoiled = deed(whole, chance)
        if spoiled == whole:
            continue
        tried[deed.__name__] += 1
        encoding = "latin-1" if deed is byte_flipped else "utf-8"
        if not is_found(folder / "spoiled.jsonl", spoiled, encoding):
            missed.append(f"{deed.__name__}, seed {seed}")
    return tried, missed


def speed(folder: Path, events: int) -> tuple[int, float]:
    """Rows of a large export and the seconds of its check."""
    path = made.written(made.export(events=events, lines=min(2_000, events)), folder / "large.jsonl")
    started = time.perf_counter()
    report = verify_file(path, keys=[PUBLIC])
    if not report.good:
        raise SystemExit(f"the untouched export does not hold: {report.first}")
    return sum(report.counts.values()), time.perf_counter() - started


def main(arguments: list[str] | None = None) -> int:
    one = argparse.ArgumentParser(prog="python -m tests.trust.evidence")
    one.add_argument("--times", type=int, default=5_000, help="how often an export is spoiled")
    one.add_argument("--events", type=int, default=200_000, help="events of the large export")
    asked = one.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        tried, missed = tampering(Path(name), asked.times)
        rows, seconds = speed(Path(name), asked.events)
    for deed, count in sorted(tried.items()):
        print(f"{deed}: {count} tried")
    print(f"tampering: {sum(tried.values())} tried, {len(missed)} missed")
    print(f"speed: {rows} rows in {seconds:.1f} s, {rows / seconds:,.0f} rows/s")
    for deed in missed:
        print(f"MISSED {deed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
