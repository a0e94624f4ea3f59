"""Presentation of the defectologist."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form
from opora.records.documents.forms._shared.presentation import PresentationData


class DefectologistPresentationData(PresentationData, total=False):
    """As the shared presentation."""


FORM = Form(
    code="defectologist_presentation",
    title="Представление учителя-дефектолога",
    source="приложение 2, п. 2.9",
    orientation="portrait",
    data=DefectologistPresentationData,
)
