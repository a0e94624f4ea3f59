"""The school's extract from the conclusion: no diagnosis, whatever the data holds."""

from __future__ import annotations

from opora.records.documents.forms._shared.conclusion import ConclusionRecommendations
from opora.records.documents.forms._shared.form import Form


class ConclusionSchoolData(ConclusionRecommendations, total=False):
    """As the conclusion, with the addressee; texts are those that the school may read."""

    school: str
    """Name of the organisation to which the extract is presented, accusative."""


FORM = Form(
    code="conclusion_school",
    title="Выписка из заключения ПМПК для образовательной организации",
    source="приложение 2, п. 2.16",
    orientation="portrait",
    data=ConclusionSchoolData,
)
