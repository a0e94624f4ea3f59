"""The characteristic of a pupil issued by the school (2.6)."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form
from opora.records.documents.forms._shared.presentation import PresentationData


class SchoolCharacteristicData(PresentationData, total=False):
    """As the shared presentation."""


FORM = Form(
    code="school_characteristic",
    title="Характеристика обучающегося, выданная образовательной организацией",
    source="приложение 2, п. 2.6",
    orientation="portrait",
    data=SchoolCharacteristicData,
)
