"""What the checks of a programme look at, and what they find. Everything is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PlannedGoal:
    """`key` is the anchor of its row on the sheet; `untouched`: its words are those of the bank, letter for letter."""

    key: str
    title: str
    untouched: bool = False


@dataclass(frozen=True, slots=True)
class PlannedTask:
    key: str
    title: str
    goal: str = ""
    untouched: bool = False


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """`responsible` says that somebody is named, `responsible_left` that this person does not work here any more."""

    key: str
    title: str
    task: str
    audience: str
    form: str = ""
    participants: str = ""
    responsible: bool = False
    responsible_left: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    planned_result: str = ""
    untouched: bool = False


@dataclass(frozen=True, slots=True)
class PlannedCriterion:
    """Measurable: it says how it is measured, where it starts and where it should come."""

    key: str
    title: str
    measure: str = ""
    starts_at: float | None = None
    wanted: float | None = None
    untouched: bool = False


PlannedLine = PlannedGoal | PlannedTask | PlannedActivity | PlannedCriterion


@dataclass(frozen=True)
class ProgrammeFacts:
    """A programme before it is agreed.

    `texts` by codes of the written sections. `answers` are those of the representatives: agreed | refused.
    `open_proposals` counts proposals of the family without an answer; `curator_left`: the curator has left.
    """

    kind: str
    starts_on: date | None
    ends_on: date | None
    for_all_study: bool = False
    has_protocol: bool = False
    curator_left: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    goals: tuple[PlannedGoal, ...] = ()
    tasks: tuple[PlannedTask, ...] = ()
    activities: tuple[PlannedActivity, ...] = ()
    criteria: tuple[PlannedCriterion, ...] = ()
    answers: tuple[str, ...] = ()
    open_proposals: int = 0


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """A check that was met. `place` is the anchor of the sheet where it is mended."""

    code: str
    severity: str
    title: str
    message: str
    clause: str
    place: str = ""

    @property
    def is_block(self) -> bool:
        return self.severity == "block"

    @property
    def is_warning(self) -> bool:
        return self.severity == "warning"
