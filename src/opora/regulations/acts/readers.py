"""`acts.toml`: the documents of annex 1, the letter itself and later acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.acts.entries import STATUSES, Act
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground


def act(raw: RawEntry) -> Act:
    """`[[act]]`: it needs a number or `marks` by which clauses name it."""
    found = Act(
        **ground(raw),
        order=raw.number("order"),
        short=raw.text("short"),
        group=raw.one_of("group", ("annex_1", "letter", "later", "other")),
        number=raw.text("number", ""),
        signed=raw.day("signed"),
        since=raw.day("since"),
        until=raw.day("until"),
        status=raw.one_of("status", STATUSES, "in_force"),
        replaced_by=raw.word("replaced_by", ""),
        marks=raw.words("marks"),
    )
    if not found.number and not found.marks:
        raise raw.refuse("number", "an act needs its number or the words by which clauses name it")
    if found.until and found.since and found.until < found.since:
        raise raw.refuse("until", "the last day is before the first")
    return found


FILES: Mapping[str, tuple[str, ...]] = {"acts.toml": ("act",)}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {"act": act}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (("act", "replaced_by", "act"),)
