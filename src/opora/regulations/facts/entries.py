"""What a fact is: a structured finding of a specialist that rules of the edition ask about."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Choice, Entry
from opora.regulations.predicates import Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class FactGroup(Entry):
    """Facts shown together («Слух»)."""

    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDefinition(Entry):
    """A fact that a specialist records.

    `kind`: choice | choices | flag | number | codes (codes of ICD-10) | text. `choices` are the values of a choice.
    `owners`: specialities that record it, whose finding counts most first. `unit`, `minimum`, `maximum`, `decimals`
    belong to numbers. `when`: the fact is asked for when these hold or may hold (age, another fact). `source` says
    what it is taken from («медицинское заключение»). `deciding`: rules of the programme, the term or the checks ask
    about it; the rest describes the child and shapes the work.
    `within_age`: a number of months of life that cannot be more than the child has lived.
    """

    group: str
    order: int
    kind: str
    choices: tuple[Choice, ...]
    owners: tuple[str, ...]
    unit: str
    minimum: float
    maximum: float
    decimals: int
    when: tuple[Predicate, ...]
    hint: str
    deciding: bool
    within_age: bool = False

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """(code, title) of the values, as a select field takes them."""
        return [(choice.code, choice.title) for choice in self.choices]

    def title_of(self, value: object) -> str:
        """A value in words for the screen."""
        if isinstance(value, bool):
            return "да" if value else "нет"
        if isinstance(value, tuple | list):
            return ", ".join(self.title_of(one) for one in value)
        titles = {choice.code: choice.title for choice in self.choices}
        words = titles.get(str(value), str(value).replace(".", ",") if self.kind == "number" else str(value))
        return f"{words}\u00a0{self.unit}" if self.unit else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion(Entry):
    """Facts that cannot be true together; `title` says why, `facts` are the fields where it is shown."""

    when: tuple[Predicate, ...]
    facts: tuple[str, ...]
