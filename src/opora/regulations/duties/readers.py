"""`duties.toml`: kinds of duties."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.duties.entries import DutyKind
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground


def kind(raw: RawEntry) -> DutyKind:
    """`[[duty_kind]]`."""
    return DutyKind(
        **ground(raw),
        order=raw.number("order"),
        sections=raw.words("sections"),
        groups=raw.words("groups"),
        days=raw.number("days"),
        roles=raw.words("roles"),
        words=raw.words("words"),
    )


FILES: Mapping[str, tuple[str, ...]] = {"duties.toml": ("duty_kind",)}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {"duty_kind": kind}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (
    ("duty_kind", "sections", "section"),
    ("duty_kind", "groups", "condition_group"),
)
