"""Entries of `duties.toml`: what a conclusion of ПМПК obliges a school to do, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyKind(Entry):
    """A kind of duty of the school (K-11).

    `sections` of the conclusion and `groups` of the catalogue bring their conditions to it, a group before a section.
    `days` is the offered term in calendar days from the day on which the conclusion was brought; 0: the day is told by
    the conclusion itself. `roles` may answer for it, the first that somebody holds is offered. `words` are beginnings
    of words by which a typed line is taken for this kind.
    """

    order: int
    sections: tuple[str, ...]
    groups: tuple[str, ...]
    days: int
    roles: tuple[str, ...]
    words: tuple[str, ...]
