"""A plan of the support service or of its specialist: for some years, a year, a month, a week."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form, Sheet
from opora.school.support.plans.content import WorkPlanContent


class WorkPlanData(Sheet, WorkPlanContent, total=False):
    """Lines by directions of work: what the room of plans writes. Columns are those that schools keep."""

    head_name: str
    """Head of the service who examined the plan: «Ильина И. И.»; empty leaves a line."""


FORM = Form(
    code="work_plan",
    title="План работы Службы сопровождения",
    source="Положение о Службе сопровождения, п. 5.1; графы — по практике школ",
    orientation="landscape",
    data=WorkPlanData,
)
