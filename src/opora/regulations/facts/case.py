"""The facts of one child on one day: what specialists recorded and what follows from dates and the chosen programme.

    facts = CaseFacts(law, {"hearing": "deaf", "hearing_device": "aids"}, born=date(2019, 11, 1), on=date(2026, 11, 22))

Derived facts, which nobody types: `age_months`, `age_years` (full ones), `month` (of the day), and, of the programme
under discussion, `programme`, `category`, `variant` (0: none), `variant_code`, `programme_kind`, `programme_level`. A
programme oriented to a code takes category and variant from there, and `variant_code` is that code; for any other it is
the code of the programme itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from opora.regulations.calendar import age_on
from opora.regulations.edition import Edition
from opora.regulations.facts.entries import FactDefinition
from opora.regulations.predicates import Value


@dataclass(frozen=True)
class CaseFacts:
    """Recorded values by code, checked by `reading.facts_read`; `programme` is the one under discussion, if any, and
    `orientation` the code that it leans on, if its kind is oriented."""

    law: Edition
    values: Mapping[str, Value]
    born: date | None = None
    on: date | None = None
    programme: str = ""
    orientation: str = ""
    _known: Mapping[str, Value] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = {**self.values, **self._derived()}
        object.__setattr__(self, "_known", known)
        object.__setattr__(self, "get", known.get)  # rules ask hundreds of times for one answer

    def get(self, code: str) -> Value | None:
        """A recorded or derived fact; None when it is not known."""
        return self._known.get(code)

    def with_programme(self, code: str, orientation: str = "") -> CaseFacts:
        """The same facts with another programme under discussion, and the code that it is oriented to."""
        return CaseFacts(self.law, self.values, self.born, self.on, code, orientation)

    def _derived(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        if self.on is not None:
            found["month"] = self.on.month
        if self.on is not None and self.born is not None and self.born <= self.on:
            age = age_on(self.born, self.on)
            found["age_months"] = age.years * 12 + age.months
            found["age_years"] = age.years
        return {**found, **self._of_programme()} if self.programme else found

    def _of_programme(self) -> dict[str, Value]:
        chosen = self.law.programme(self.programme)
        content = self.law.programme(self.orientation) if chosen.needs_orientation and self.orientation else chosen
        found: dict[str, Value] = {
            "programme": chosen.code,
            "variant": content.variant,
            "variant_code": content.code,
            "programme_kind": chosen.kind,
            "programme_level": chosen.level,
        }
        if content.category:
            found["category"] = content.category
        return found


@dataclass(frozen=True, slots=True)
class Observation:
    """One fact as one specialist recorded it: `name` is the author, `source` what it rests on, in words."""

    speciality: str
    fact: str
    value: Value
    name: str
    at: datetime | None = None
    source: str = ""

    def as_json(self) -> dict[str, Any]:
        """The same for machines; the author is left out."""
        value = [*self.value] if isinstance(self.value, tuple) else self.value
        found: dict[str, Any] = {"speciality": self.speciality, "fact": self.fact, "value": value}
        if self.at is not None:
            found["at"] = self.at.isoformat()
        return found


def merged(law: Edition, observations: Iterable[Observation]) -> dict[str, Value]:
    """One value for each fact: that of the first speciality among its owners, of several the latest.

    `observations` go from the oldest to the newest.
    """
    found: dict[str, tuple[int, Value]] = {}
    for one in observations:
        rank = _rank(law, one)
        if one.fact not in found or rank <= found[one.fact][0]:
            found[one.fact] = (rank, one.value)
    return {code: value for code, (_, value) in found.items()}


def _rank(law: Edition, one: Observation) -> int:
    owners = law.entry("fact", FactDefinition, one.fact).owners
    return owners.index(one.speciality) if one.speciality in owners else len(owners)
