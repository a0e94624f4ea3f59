"""Entries of `consilium.toml`: how a meeting goes, what it may decide, by when, what is written down."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsiliumSection(Entry):
    """A section of the talk about one child.

    `kind`: step (one of the five steps of the talk) | opinion (a part of the collegial opinion). `hint` says what
    to write. `required`: the opinion is not signed without it.
    """

    order: int
    kind: str
    hint: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsiliumChoice(Entry):
    """A value that a meeting chooses: `hint` says what follows from it."""

    order: int
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsiliumTerm(Entry):
    """A usual term or share of the statute of the consilium; an organisation may have its own.

    `unit`: working_days | months | percent | days.
    """

    order: int
    value: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalColumn(Entry):
    """A column of a journal of the consilium: the caption is the title, `key` the name of its content."""

    journal: str
    order: int
    key: str
