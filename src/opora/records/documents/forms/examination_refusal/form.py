"""A parent's refusal of an examination of the child by the specialists of the school."""

from __future__ import annotations

from opora.records.documents.forms._shared.examination import ExaminationAnswer
from opora.records.documents.forms._shared.form import Form, recalled


class ExaminationRefusalData(ExaminationAnswer, total=False):
    """As the shared answer."""


FORM = Form(
    code="examination_refusal",
    title="Отказ родителей от психолого-педагогического обследования специалистами ППк",
    source=recalled("приложение 5: согласие добровольно"),
    orientation="portrait",
    data=ExaminationRefusalData,
)
