"""`lag.toml`: lines, terms, meanings, patterns, names of delays, limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.lag.entries import (
    SPHERES,
    DevelopmentLine,
    EpicrisisTerm,
    LagLimit,
    LagMeaning,
    LagName,
    LagPattern,
)
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground


def line(raw: RawEntry) -> DevelopmentLine:
    """`[[development_line]]`."""
    return DevelopmentLine(**ground(raw), order=raw.number("order"), sphere=raw.one_of("sphere", ("", *SPHERES), ""))


def term(raw: RawEntry) -> EpicrisisTerm:
    """`[[epicrisis_term]]`: a year of life holds whole terms."""
    months = raw.number("months")
    if months < 1:
        raise raw.refuse("months", "a term has at least one month")
    return EpicrisisTerm(**ground(raw), until_months=raw.number("until_months"), months=months)


def meaning(raw: RawEntry) -> LagMeaning:
    """`[[lag_meaning]]`."""
    return LagMeaning(**ground(raw), terms=raw.number("terms"), word=raw.text("word", ""))


def pattern(raw: RawEntry) -> LagPattern:
    """`[[lag_pattern]]`."""
    return LagPattern(**ground(raw), word=raw.text("word", ""))


def name(raw: RawEntry) -> LagName:
    """`[[lag_name]]`."""
    return LagName(**ground(raw), pattern=raw.word("pattern", ""), spheres=raw.words("spheres", SPHERES))


def limit(raw: RawEntry) -> LagLimit:
    """`[[lag_limit]]`."""
    return LagLimit(**ground(raw), value=raw.number("value"))


FILES: Mapping[str, tuple[str, ...]] = {
    "lag.toml": ("development_line", "epicrisis_term", "lag_meaning", "lag_pattern", "lag_name", "lag_limit")
}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    "development_line": line,
    "epicrisis_term": term,
    "lag_meaning": meaning,
    "lag_pattern": pattern,
    "lag_name": name,
    "lag_limit": limit,
}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (("lag_name", "pattern", "lag_pattern"),)
