"""`support.toml`: the form of the programme, its directions, audiences, terms and checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground
from opora.regulations.support.entries import (
    ROW_KINDS,
    SEVERITIES,
    TERM_KINDS,
    HelpDirection,
    ProgrammeAudience,
    ProgrammeCheck,
    ProgrammeRow,
    SupportTerm,
    WrittenSection,
)

PLACEHOLDERS = {"where", "found"}
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def row(raw: RawEntry) -> ProgrammeRow:
    """`[[programme_row]]`."""
    return ProgrammeRow(**ground(raw), order=raw.number("order"), kind=raw.one_of("kind", ROW_KINDS))


def section(raw: RawEntry) -> WrittenSection:
    """`[[programme_section]]`."""
    return WrittenSection(
        **ground(raw),
        order=raw.number("order"),
        row=raw.word("row"),
        hint=raw.text("hint", ""),
        required=raw.flag("required", False),
    )


def direction(raw: RawEntry) -> HelpDirection:
    """`[[help_direction]]`."""
    return HelpDirection(**ground(raw), order=raw.number("order"), examples=raw.text("examples"))


def audience(raw: RawEntry) -> ProgrammeAudience:
    """`[[programme_audience]]`."""
    return ProgrammeAudience(**ground(raw), order=raw.number("order"), heading=raw.text("heading"))


def term(raw: RawEntry) -> SupportTerm:
    """`[[support_term]]`: its code is a kind of programme."""
    raw.one_of("code", TERM_KINDS)
    months = raw.number("months")
    if months < 1:
        raise raw.refuse("months", "a term is at least one month")
    return SupportTerm(**ground(raw), order=raw.number("order"), months=months, all_study=raw.flag("all_study", False))


def check(raw: RawEntry) -> ProgrammeCheck:
    """`[[programme_check]]`."""
    message = raw.text("message")
    for name in _PLACEHOLDER.findall(message):
        if name not in PLACEHOLDERS:
            raise raw.refuse("message", f"unknown placeholder {{{name}}}; allowed: {', '.join(sorted(PLACEHOLDERS))}")
    return ProgrammeCheck(
        **ground(raw), order=raw.number("order"), severity=raw.one_of("severity", SEVERITIES), message=message
    )


FILES: Mapping[str, tuple[str, ...]] = {
    "support.toml": (
        "programme_row",
        "programme_section",
        "help_direction",
        "programme_audience",
        "support_term",
        "programme_check",
    )
}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    "programme_row": row,
    "programme_section": section,
    "help_direction": direction,
    "programme_audience": audience,
    "support_term": term,
    "programme_check": check,
}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (("programme_section", "row", "programme_row"),)
