"""What teachers need of a programme and no more: no diagnostics, no family, no mark of risk."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet


class TeacherActivity(TypedDict, total=False):
    """An activity in which teachers take part."""

    title: str
    period: str
    responsible: str
    planned: str


class TeachersExtractData(Sheet, total=False):
    """Tasks and own activities. Whoever fills it leaves out what another key would tell."""

    child_name: str
    """«Данилова Вера», without patronymic."""
    grade: str
    term: str
    curator: str
    curator_phone: str
    tasks: list[str]
    activities: list[TeacherActivity]
    advice: str
    """Advice of the consilium to teachers."""
    date: str
    """ISO, the day of the extract."""
    curator_name: str
    acquainted: list[str]
    """Names of the teachers who sign that they have read it; empty leaves lines."""


FORM = Form(
    code="teachers_extract",
    title="Выписка из программы сопровождения для педагогов",
    source="Методические рекомендации по ИПС: сведения не подлежат разглашению; практика",
    orientation="portrait",
    data=TeachersExtractData,
)
