"""Addresses of documents."""

from django.urls import URLPattern, path

from .views import cases, school

app_name = "documents"


def _school(row: str, printed: school.View, copied: school.View | None = None) -> list[URLPattern]:
    """`documents:<row>_paper` and `documents:<row>_copy`."""
    address = f"{row}/<slug:public_id>/<slug:code>"
    found = [path(f"{address}.pdf", printed, name=f"{row}_paper")]
    return found if copied is None else [*found, path(f"{address}.docx", copied, name=f"{row}_copy")]


urlpatterns = [
    path("undertaking.pdf", cases.undertaking, name="undertaking"),
    path("undertaking/<slug:public_id>.pdf", cases.undertaking_of, name="undertaking_of"),
    path("issued/<slug:public_id>.pdf", cases.issued, name="issued"),
    path("file/<slug:public_id>.pdf", cases.child_contents, name="child_contents"),
    path("transfers/<slug:public_id>.pdf", cases.data_transfers, name="data_transfers"),
    *_school("programme", school.programme_paper, school.programme_copy),
    *_school("meeting", school.meeting_paper, school.meeting_copy),
    *_school("agenda", school.agenda_paper, school.agenda_copy),
    *_school("presentation", school.presentation_paper, school.presentation_copy),
    *_school("pupil", school.pupil_paper),
    *_school("plan", school.plan_paper, school.plan_copy),
    *_school("schedule", school.schedule_paper, school.schedule_copy),
    *_school("group", school.group_paper),
    *_school("card", school.card_paper, school.card_copy),
    *_school("passport", school.passport_paper, school.passport_copy),
    *_school("analysis", school.analysis_paper, school.analysis_copy),
    path("<slug:public_id>/<slug:code>.pdf", cases.case_form, name="case_form"),
]
