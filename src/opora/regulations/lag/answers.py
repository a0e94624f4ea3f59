"""What the count of a lag answers: line by line, in sum, with the sentence for the protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from opora.regulations.reasons import Reason


@dataclass(frozen=True, slots=True)
class LagError:
    """A value that cannot be taken: `line` is its code (or `weeks_of_birth`, `on`); `message` is for the screen."""

    line: str
    message: str

    def as_json(self) -> dict[str, str]:
        """The same for machines."""
        return {"line": self.line, "message": self.message}


@dataclass(frozen=True, slots=True)
class Step:
    """One whole term between two ages in months, counted back."""

    older: int
    younger: int


@dataclass(frozen=True, slots=True)
class LineLag:
    """One line. `terms` are whole ones by the calendar age, `steps` which ones.

    `other_terms` is the second reading: the term of the child's own year of life for the whole lag; `reading` says
    so where it changes the meaning. `corrected_terms` go by the corrected age (None when born in time).
    """

    line: str
    title: str
    sphere: str
    reached: int
    terms: int
    steps: tuple[Step, ...]
    other_terms: int
    corrected_terms: int | None
    ahead: bool
    meaning: Reason
    reading: str
    corrected: str

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "line": self.line,
            "title": self.title,
            "reached_months": self.reached,
            "terms": self.terms,
            "steps": [[one.older, one.younger] for one in self.steps],
            "other_terms": self.other_terms,
            "corrected_terms": self.corrected_terms,
            "ahead": self.ahead,
            "meaning": self.meaning.as_json(),
            "reading": self.reading,
            "corrected": self.corrected,
        }


@dataclass(frozen=True, slots=True)
class LagAnswer:
    """`state`: complete | incomplete | wrong | other_scale; only a complete one is judged.

    `pattern`, `severity` and `name` are None while there is nothing to say; `warnings` are said before them.
    """

    state: str
    age_months: int | None
    corrected_months: int | None
    lines: tuple[LineLag, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    errors: tuple[LagError, ...] = ()
    pattern: Reason | None = None
    severity: Reason | None = None
    name: Reason | None = None
    warnings: tuple[Reason, ...] = ()
    sentence: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether it was judged."""
        return self.state == "complete"

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What follows in sum."""
        return tuple(one for one in (self.pattern, self.severity, self.name) if one is not None)

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "state": self.state,
            "age_months": self.age_months,
            "corrected_months": self.corrected_months,
            "lines": [one.as_json() for one in self.lines],
            "missing": [{"line": code, "title": title} for code, title in self.missing],
            "errors": [one.as_json() for one in self.errors],
            "pattern": self.pattern.as_json() if self.pattern else None,
            "severity": self.severity.as_json() if self.severity else None,
            "name": self.name.as_json() if self.name else None,
            "warnings": [one.as_json() for one in self.warnings],
            "sentence": self.sentence,
        }
