"""Presentation of the psychologist."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form
from opora.records.documents.forms._shared.presentation import PresentationData


class PsychologistPresentationData(PresentationData, total=False):
    """As the shared presentation."""


FORM = Form(
    code="psychologist_presentation",
    title="Представление педагога-психолога",
    source="приложение 2, п. 2.9",
    orientation="portrait",
    data=PsychologistPresentationData,
)
