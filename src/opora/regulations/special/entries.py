"""Entries of `special.toml`: whom a condition is meant for, groups of the catalogue, the conditions themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opora.regulations.entries import Entry
from opora.regulations.predicates import Predicate

TERM = re.compile(r"\{term:([a-z0-9_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience(Entry):
    """Children whom rules speak of together («слабовидящие»).

    A child belongs to it by the category of the programme under discussion or by any one of the findings of `when`.
    """

    order: int
    categories: tuple[str, ...]
    when: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionGroup(Entry):
    """Conditions that the catalogue shows under one heading.

    `prefix` stands before their texts; when any of `unless` holds none of them is offered.
    """

    order: int
    prefix: str
    unless: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialCondition(Entry):
    """A condition of the catalogue (P-20).

    `text` is inserted into `field` of the conclusion's `section`; `answers` are what taking it answers besides
    (field, value). `annex` names the list of the letter that the item belongs to («4.1а»), if any.
    It is offered to the `audience` (none: to all) when all of `when` hold and none of `unless` does. It is
    recommended when any of `follows_from` holds or `always`, else possible. `gia_too`: it also serves the state
    examination.
    """

    group: str
    order: int
    section: str
    field: str
    text: str
    answers: tuple[tuple[str, str], ...]
    annex: str
    audience: tuple[str, ...]
    when: tuple[Predicate, ...]
    unless: tuple[Predicate, ...]
    follows_from: tuple[Predicate, ...]
    always: bool
    gia_too: bool

    @property
    def answered(self) -> tuple[str, ...]:
        """Fields that taking the condition answers."""
        return tuple(field for field, _ in self.answers)

    @property
    def terms(self) -> tuple[str, ...]:
        """Terms of the edition that the text names as {term:code}."""
        return tuple(TERM.findall(self.text))
