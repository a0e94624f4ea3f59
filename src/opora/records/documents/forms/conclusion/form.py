"""The conclusion of the commission, the family's full copy."""

from __future__ import annotations

from opora.records.documents.forms._shared.conclusion import ConclusionRecommendations
from opora.records.documents.forms._shared.form import Form


class ConclusionData(ConclusionRecommendations, total=False):
    """The full copy adds the diagnosis."""

    diagnosis: str
    """Printed only when given; the form 2.16 itself has no such line."""


FORM = Form(
    code="conclusion",
    title="Заключение ПМПК",
    source="приложение 2, п. 2.16",
    orientation="portrait",
    data=ConclusionData,
)
