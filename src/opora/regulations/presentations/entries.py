"""Entries of `presentations.toml`: kinds of papers, their sections, choices of wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from opora.regulations.entries import Entry

STAGES = ("preschool", "primary", "teenager")
"""Whom a section or a choice is for: groups of a kindergarten, classes 1 to 4, classes from 5 on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentationKind(Entry):
    """One paper: who writes it, what it must say beside its sections.

    `form` is the code of its printed form, empty when it has none. `to_parent`: given out to the parent; otherwise it
    goes to ПМПК over a closed channel alone. `needs_consent`: an examination with diagnostic methods stands behind it.
    `consent_clause`: why it is or is not needed.
    """

    order: int
    form: str
    specialities: tuple[str, ...]
    author: str
    to_parent: bool
    needs_consent: bool
    consent_clause: str
    timed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentationSection(Entry):
    """One section with its own text. `part` is the caption above a run of sections, `items` what the source asks for.

    `known`: the system fills it from the card and asks nobody. Empty `stages`: for every age.
    """

    kind: str
    part: str
    order: int
    items: tuple[str, ...]
    stages: tuple[str, ...]
    obligatory: bool
    known: bool

    def is_for(self, stage: str) -> bool:
        """Whether it is asked about a child of this stage."""
        return not self.stages or stage in self.stages


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentationChoice(Entry):
    """A choice of wordings in a section. `wordings` are by code, in order.

    With `lead` the chosen ones make one sentence behind it, otherwise each is a sentence of its own. `one`: at most
    one of them. «{Пришел|Пришла}» in a text is for a boy and a girl. A choice that must be made says so (`obligatory`).
    """

    section: str
    order: int
    lead: str
    one: bool
    obligatory: bool
    stages: tuple[str, ...]
    wordings: Mapping[str, str]

    def is_for(self, stage: str) -> bool:
        """Whether it is offered for a child of this stage."""
        return not self.stages or stage in self.stages
