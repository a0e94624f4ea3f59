"""The individual programme of support: the form of the annex of the methodical recommendations, to the line."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet


class Approval(TypedDict, total=False):
    """The block «УТВЕРЖДАЮ»."""

    organisation: str
    director: str
    day: str
    """ISO, empty before the approval."""


class PlanLine(TypedDict, total=False):
    """A line of the plan; `activity` and `form` stand in one column, as the form has them."""

    number: str
    activity: str
    form: str
    participants: str
    responsible: str
    period: str
    planned_result: str
    result: str
    """Result, mark of fulfilment, recommendation; empty until there is one."""


class PlanPart(TypedDict, total=False):
    """The lines of a task; `title` is «Задача 1. …» and runs over all columns."""

    title: str
    lines: list[PlanLine]


class GoalWords(TypedDict, total=False):
    """A goal with its tasks."""

    title: str
    tasks: list[str]


class CriterionWords(TypedDict, total=False):
    """A criterion, what measures it, from where to where it should come."""

    title: str
    how: str
    change: str


class ParentLine(TypedDict, total=False):
    """A representative under the form; who is not willing has a line of his own with his words."""

    name: str
    answer: str
    """«agreed», «refused» or empty."""
    words: str
    day: str
    """ISO, empty for a line that waits for a signature."""


class Signer(TypedDict, total=False):
    """Curator and chair."""

    name: str
    post: str
    day: str


class SupportProgrammeData(Sheet, total=False):
    """The fifteen rows in the order of the form, the plan, the signatures (`school/programmes/content.py`)."""

    number: str
    is_draft: bool
    approval: Approval
    child_name: str
    birth_date: str
    """ISO."""
    school_class: str
    class_teacher: str
    parents: list[str]
    protocol: str
    """«№ 3 от 21.11.2026»."""
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
    """Both ISO, for whoever reads the content; the paper prints `term`."""
    curator: Signer
    plan: list[PlanPart]
    agreements: list[ParentLine]
    """The form rules two lines; more representatives get more."""
    chair: Signer


FORM = Form(
    code="support_programme",
    title="Индивидуальная программа сопровождения обучающегося",
    source="Методические рекомендации по ИПС, приложение «Форма ИПС»",
    orientation="portrait",
    data=SupportProgrammeData,
)
