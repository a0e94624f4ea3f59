"""Consent of a parent to an examination of the child by the specialists of the school."""

from __future__ import annotations

from opora.records.documents.forms._shared.examination import ExaminationAnswer
from opora.records.documents.forms._shared.form import Form, recalled


class ExaminationConsentData(ExaminationAnswer, total=False):
    """As the shared answer."""


FORM = Form(
    code="examination_consent",
    title="Согласие родителей на психолого-педагогическое обследование специалистами ППк",
    source=recalled("приложение 5"),
    orientation="portrait",
    data=ExaminationConsentData,
)
