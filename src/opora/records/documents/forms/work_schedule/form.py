"""The schedule of a specialist: a week (циклограмма), a month, a half-year."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form, Sheet
from opora.school.support.schedules.content import WorkScheduleContent


class WorkScheduleData(Sheet, WorkScheduleContent, total=False):
    """Days with their stretches of time, hours by kind beside the norm: what the room of schedules writes."""

    head_name: str
    """Head of the service."""


FORM = Form(
    code="work_schedule",
    title="График работы специалиста Службы сопровождения",
    source="Положение о Службе сопровождения, п. 5.1; вид — по практике школ",
    orientation="landscape",
    data=WorkScheduleData,
)
