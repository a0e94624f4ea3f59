"""The rows of `advice.toml`: stages of schooling, reasons, contradictions, notes and questions."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry
from opora.regulations.predicates import Predicate

GROUND = "ground"
REQUIRES = "requires"
EXPECTS = "expects"
SUPPORTS = "supports"
WEAKENS = "weakens"
EXCLUDES = "excludes"

ROLES = (GROUND, REQUIRES, EXPECTS, SUPPORTS, WEAKENS, EXCLUDES)
PROJECTIONS = ("codes", "oriented", "by_category", "single")
ORDINARY = "ordinary"
COMPLEX = "complex"
"""Two subjects of reasons beside the categories of the letter: no limitations at all, and ТМНР of a preschooler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Entry):
    """A row with conditions: it holds when all of `when` hold, one of `any_of` holds (if there are such), and none of
    `unless` is known to hold. `title` is the sentence for the screen. `asks`: what it hangs on is worth asking."""

    order: int
    when: tuple[Predicate, ...]
    any_of: tuple[Predicate, ...]
    unless: tuple[Predicate, ...]
    stages: tuple[str, ...]
    asks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceReason(Rule):
    """A reason for or against the programmes of `categories`, or those named in `programmes`.

    `role`:
    ground    one of the grounds of a category (of a programme that has grounds) must hold
    requires  must hold; if it does not, the programme is ruled out and `otherwise` says why
    expects   should hold; if it does not, `otherwise` speaks against
    supports  speaks for
    weakens   speaks against
    excludes  rules out

    `leaves_open`: the reason holds, and yet the letter leaves the choice open: the candidate is never more than likely.
    """

    categories: tuple[str, ...]
    programmes: tuple[str, ...]
    role: str
    otherwise: str
    leaves_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceStage(Rule):
    """Where the child is on the way through education; the first stage that certainly holds is taken.

    `projection` says what is advised there: codes of variants, an oriented programme with the code, one programme per
    category, or a single programme. `stage` is the name that other rows use. `ordinary` is the programme of a child
    without limitations, `programme` the oriented or single one, `intellectual` the single one with УО.
    """

    stage: str
    projection: str
    ordinary: str
    programme: str
    intellectual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceContradiction(Rule):
    """Facts that disagree. `severity`: warning | attention."""

    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceNote(Rule):
    """What is said beside the candidates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceQuestion(Entry):
    """Why a fact is worth recording; `code` is that of the fact.

    `first`: it is asked while nothing is decided; `stages`: only there.
    """

    order: int
    first: bool
    stages: tuple[str, ...]
