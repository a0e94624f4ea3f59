"""Presentation of the speech therapist."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form
from opora.records.documents.forms._shared.presentation import PresentationData


class SpeechPresentationData(PresentationData, total=False):
    """As the shared presentation."""


FORM = Form(
    code="speech_presentation",
    title="Представление учителя-логопеда",
    source="приложение 2, п. 2.9",
    orientation="portrait",
    data=SpeechPresentationData,
)
