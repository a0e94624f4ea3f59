"""Entries of `attestation.toml`: questions of the conclusion on ГИА, subjects, offers of its two lists, checks."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry
from opora.regulations.predicates import Predicate

LEVELS = ("9", "11")
LISTS = ("conditions", "special")
KINDS = ("choice", "choices", "text", "list", "date", "flag", "number", "subjects")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationGroup(Entry):
    """Questions that the sheet shows under one heading."""

    order: int
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationQuestion(Entry):
    """One question of the sheet. `kind` is one of `KINDS`; `levels` are those at which it is asked (none: at both).

    A `list` is a text of one condition a line.
    """

    group: str
    order: int
    kind: str
    vocabulary: str
    levels: tuple[str, ...]
    hint: str

    def asked_at(self, level: str) -> bool:
        """Whether the question belongs to a level; all do while the level is not chosen."""
        return not self.levels or not level or level in self.levels


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationSubject(Entry):
    """A subject of the examination; an `obligatory` one is passed by everybody."""

    order: int
    obligatory: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationOffer(Entry):
    """A condition for one of the two lists, offered when any of `follows_from` holds or `always`, else as possible."""

    place: str
    order: int
    text: str
    levels: tuple[str, ...]
    follows_from: tuple[Predicate, ...]
    always: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationPlacing(Entry):
    """Where entries of the catalogue of special conditions go: to a list, or nowhere (`asked`).

    `asked`: a question of the sheet says the same. What no placing names is a special condition. `always`: all who
    have a ground get it.
    """

    place: str
    conditions: tuple[str, ...]
    always: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationCheck(Entry):
    """A check before signing: `place` is the question where it is mended, `message` may hold {found}."""

    order: int
    severity: str
    place: str
    message: str
    when: tuple[Predicate, ...]
