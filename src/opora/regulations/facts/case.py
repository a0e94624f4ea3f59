"""The facts of one child on one day: what specialists recorded and what follows from dates and the chosen programme.

    facts = CaseFacts(law, {"hearing": "deaf", "hearing_device": "aids"}, born=date(2019, 11, 1), on=date(2026, 11, 22))

Derived facts, which nobody types: `age_months`, `age_years` (full ones), `month` (of the day), and, of the programme
under discussion, `programme`, `category`, `variant` (0: none), `programme_kind`, `programme_level`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from opora.regulations.calendar import age_on
from opora.regulations.edition import Edition
from opora.regulations.predicates import Value


@dataclass(frozen=True)
class CaseFacts:
    """Recorded values by code, checked by `reading.facts_read`; `programme` is the one under discussion, if any."""

    law: Edition
    values: Mapping[str, Value]
    born: date | None = None
    on: date | None = None
    programme: str = ""
    _known: Mapping[str, Value] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", {**self.values, **self._derived()})

    def get(self, code: str) -> Value | None:
        """A recorded or derived fact; None when it is not known."""
        return self._known.get(code)

    def with_programme(self, code: str) -> CaseFacts:
        """The same facts with another programme under discussion."""
        return CaseFacts(self.law, self.values, self.born, self.on, code)

    def _derived(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        if self.on is not None:
            found["month"] = self.on.month
        if self.on is not None and self.born is not None:
            age = age_on(self.born, self.on)
            found["age_months"] = age.years * 12 + age.months
            found["age_years"] = age.years
        if self.programme:
            chosen = self.law.programme(self.programme)
            found |= {
                "programme": chosen.code,
                "variant": chosen.variant,
                "programme_kind": chosen.kind,
                "programme_level": chosen.level,
            }
            if chosen.category:
                found["category"] = chosen.category
        return found
