"""Entries of `signals.toml`: what brings a child to the consilium, and how soon each step is expected."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry

URGENCIES = ("planned", "soon", "today")
LEVELS = ("ordinary", "raised", "special")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningKind(Entry):
    """A planned examination of many children whose results a planned meeting talks about."""

    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionLevel(Entry):
    """What a screening says of one child. `words` are how a table that is brought in may call it."""

    order: int
    words: tuple[str, ...]
    to_meeting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernSign(Entry):
    """A sign that a teacher may notice; `group`: crisis | behaviour | state | surroundings."""

    order: int
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalTerm(Entry):
    """Working days that a step is expected in: `step` decide | examine, for one `urgency`; 0 is the same day."""

    step: str
    urgency: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep(Entry):
    """What may be done at once while a representative has not agreed to an examination."""

    order: int
