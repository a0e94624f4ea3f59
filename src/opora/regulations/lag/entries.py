"""What lag in epicrisis terms is counted by: lines of development, terms by year of life, meanings, wordings."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry

SPHERES = ("motor", "cognition", "speech", "social")
"""«Тотальная задержка» is a lag in all four of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentLine(Entry):
    """A line of development; `sphere` is one of `SPHERES`, or empty."""

    order: int
    sphere: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EpicrisisTerm(Entry):
    """How long a term is (`months`) in a year of life that ends at `until_months`."""

    until_months: int
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LagMeaning(Entry):
    """What a lag of so many whole terms, and more up to the next entry, means; `word` is that of a conclusion."""

    terms: int
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LagPattern(Entry):
    """How lines lag together: none | slight | total | uneven | asynchronous."""

    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LagName(Entry):
    """How a delay is called when it has a pattern, or when exactly these spheres lag; without both: any other."""

    pattern: str
    spheres: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LagLimit(Entry):
    """A number that the count keeps to: months or weeks, as its title says."""

    value: int
