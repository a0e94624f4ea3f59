"""What is printed of a programme: the snapshot of the form `support_programme`, and what a version keeps.

Every value is a text ready for the paper; captions stand in the form itself. The same content is built for a draft
(today's data) and frozen at the approval, so a later print of an approved programme says what was approved.
"""

from __future__ import annotations

from typing import TypedDict

FORM = "support_programme"


class Approval(TypedDict):
    """The block «УТВЕРЖДАЮ»; `day` is ISO, empty before the approval."""

    organisation: str
    director: str
    day: str


class PlanLine(TypedDict):
    """A line of the plan: seven columns. `result` joins marks, results and recommendations; empty in a new plan."""

    number: str
    activity: str
    form: str
    participants: str
    responsible: str
    period: str
    planned_result: str
    result: str


class PlanPart(TypedDict):
    """A task over its lines, so that a long plan is read in parts; `title` is «Задача 1. …»."""

    title: str
    lines: list[PlanLine]


class GoalWords(TypedDict):
    """A goal with its tasks."""

    title: str
    tasks: list[str]


class CriterionWords(TypedDict):
    """A criterion: `how` says what measures it, `change` «сейчас 2, должно стать 4 (от 1 до 5)»."""

    title: str
    how: str
    change: str


class ParentLine(TypedDict):
    """A representative under the form, who has agreed or refused in his own words.

    `answer` is «agreed», «refused» or empty; `day` ISO, empty for a line that waits for a signature. The form rules two
    lines; more representatives get more.
    """

    name: str
    answer: str
    words: str
    day: str


class Signer(TypedDict):
    """Curator and chair; `day` ISO or empty."""

    name: str
    post: str
    day: str


class SupportProgramme(TypedDict):
    """The form of the annex, row by row. `number` is empty for a draft, `protocol` is «№ 3 от 21.11.2026».

    `birth_date`, `starts_on` and `ends_on` are ISO; the paper prints `term`, the days are for readers of the content.
    """

    number: str
    is_draft: bool
    approval: Approval
    child_name: str
    birth_date: str
    school_class: str
    class_teacher: str
    parents: list[str]
    protocol: str
    grounds: list[str]
    diagnostics: list[str]
    goals: list[GoalWords]
    participants: list[str]
    resources_inner: str
    resources_outer: str
    expected_results: list[str]
    criteria: list[CriterionWords]
    term: str
    starts_on: str
    ends_on: str
    curator: Signer
    plan: list[PlanPart]
    agreements: list[ParentLine]
    chair: Signer
