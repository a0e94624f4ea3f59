"""What a list of methods and a method of it are."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry
from opora.regulations.predicates import Predicate

ADULT = 216  # months: the commission examines children up to 18


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodList(Entry):
    """A package of an annex, or what a section names in its text.

    `annex` is its number, empty for a section. `specialities` whom it is for; none means every member. It holds from
    `from_months`, full, until `to_months`, not reached; `wider_to_months` is the later end that another place of the
    letter gives (`wider_clause`, `wider_note`), 0 when there is none. `also_when`: children of any age whom the
    title names beside the age (`also_note`). `items` is how many the letter counts, `short` a caption for a screen.
    """

    short: str
    annex: str
    specialities: tuple[str, ...]
    from_months: int
    to_months: int
    wider_to_months: int
    wider_clause: str
    wider_note: str
    also_when: tuple[Predicate, ...]
    also_note: str
    items: int
    order: int

    @property
    def ends_at(self) -> int:
        """The latest end that the letter gives."""
        return max(self.to_months, self.wider_to_months)

    def is_for(self, speciality: str) -> bool:
        """Whether the list is meant for a speciality."""
        return not self.specialities or speciality in self.specialities


@dataclass(frozen=True, slots=True, kw_only=True)
class Method(Entry):
    """One item of a list.

    `group` is the item that it is a part of. `from_months` and `to_months` narrow the ages of the list (0: as the
    list), `age_note` has the letter's own words for that. `preliminary`: the letter says in words that it belongs to
    the examination before the commission. `warning` is shown wherever the method is.
    """

    list: str
    order: int
    group: str
    from_months: int
    to_months: int
    age_note: str
    preliminary: bool
    warning: str

    @property
    def full_title(self) -> str:
        """The title with what it is a part of, as it stands alone in a protocol."""
        return f"{self.group}: {self.title}" if self.group else self.title
