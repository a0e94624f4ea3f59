"""Entries of `directions.toml`: directions of correction work and the frames in which a programme puts them."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry
from opora.regulations.predicates import Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionFrame(Entry):
    """Where a programme has correction work done («во внеурочной деятельности»); the first whose `when` holds counts.

    `suffix` is put into brackets after the text of each direction; it may be empty.
    """

    order: int
    suffix: str
    when: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionDirection(Entry):
    """A direction of the work of one `specialist` (P-21).

    `text` is inserted; «[указать: …]» in it is for the specialist to fill. `stage`: early (up to three years) | later.
    It is offered to the `audience` (none: to all) when all of `when` hold and none of `unless` does; recommended when
    any of `follows_from` holds or `always`. `recalled`: named from memory and not compared with the official text.
    """

    specialist: str
    order: int
    text: str
    stage: str
    audience: tuple[str, ...]
    when: tuple[Predicate, ...]
    unless: tuple[Predicate, ...]
    follows_from: tuple[Predicate, ...]
    always: bool
    recalled: bool

    @property
    def is_law(self) -> bool:
        """Whether it may be shown as law: neither practice nor recalled."""
        return self.source != "practice" and not self.recalled
