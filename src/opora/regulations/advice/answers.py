"""What advice consists of: frozen answers, each built of reasons with their clauses and ready for machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from opora.regulations.reasons import Reason

STRENGTHS = ("decided", "likely", "possible")
"""How firmly a programme is advised, firmest first.

decided   everything that the letter sets for it is recorded and met, nothing speaks against
likely    nothing speaks against, but something is not recorded, or the letter leaves the choice open
possible  something speaks against, or nothing is known yet beside the leading disorder (with no limitations: less is
          recorded than is not)
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to record: `title` is its name, `why` what it decides."""

    fact: str
    title: str
    why: str
    clause: str

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"fact": self.fact, "title": self.title, "why": self.why, "clause": self.clause}


@dataclass(frozen=True, slots=True)
class Contradiction(Reason):
    """Facts that disagree; `severity` is warning or attention."""

    severity: str = "attention"

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"severity": self.severity, **Reason.as_json(self)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A programme that may be recommended.

    `orientation` is the code that an oriented programme leans on, `second_programme` that of the other leading
    disorder, `category` the category of children (empty without limitations), `strength` one of `STRENGTHS`.
    """

    programme: str
    strength: str
    category: str = ""
    orientation: str = ""
    second_programme: str = ""
    has_limitations: bool = True
    reasons: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()
    missing: tuple[Question, ...] = ()

    @property
    def variant(self) -> str:
        """The code of the variant that stands behind it, if any."""
        return self.orientation or self.programme

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        found: dict[str, Any] = {
            "programme": self.programme,
            "strength": self.strength,
            "has_limitations": self.has_limitations,
        }
        for key in ("category", "orientation", "second_programme"):
            if value := getattr(self, key):
                found[key] = value
        return found | {
            "reasons": [one.as_json() for one in self.reasons],
            "against": [one.as_json() for one in self.against],
            "missing": [one.as_json() for one in self.missing],
        }


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A programme of a category under discussion that what is recorded rules out, and why."""

    programme: str
    category: str
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "programme": self.programme,
            "category": self.category,
            "reasons": [one.as_json() for one in self.reasons],
            "against": [one.as_json() for one in self.against],
        }


@dataclass(frozen=True, slots=True)
class Advice:
    """What the rules say of one child on one day; a person decides.

    `stage` says for which stage of education and why; `candidates` stand in order; `ruled_out` answers «why not».
    """

    stage: Reason
    candidates: tuple[Candidate, ...]
    ruled_out: tuple[RuledOut, ...]
    questions: tuple[Question, ...]
    contradictions: tuple[Contradiction, ...]
    notes: tuple[Reason, ...]

    def about(self, code: str) -> Candidate | RuledOut | None:
        """What is said of a programme, or of the variant that an oriented one leans on; None when nothing is."""
        for candidate in self.candidates:
            if code in (candidate.programme, candidate.orientation):
                return candidate
        return next((one for one in self.ruled_out if one.programme == code), None)

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "stage": self.stage.as_json(),
            "candidates": [one.as_json() for one in self.candidates],
            "ruled_out": [one.as_json() for one in self.ruled_out],
            "questions": [one.as_json() for one in self.questions],
            "contradictions": [one.as_json() for one in self.contradictions],
            "notes": [one.as_json() for one in self.notes],
        }
