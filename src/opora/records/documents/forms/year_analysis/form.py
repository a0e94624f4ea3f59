"""The analysis of the work of the service in a school year."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form, Sheet
from opora.school.support.analysis.content import YearAnalysisContent


class YearAnalysisData(Sheet, YearAnalysisContent, total=False):
    """Sections with words and figures of two years, the problem analysis: what the room of the analysis writes."""


FORM = Form(
    code="year_analysis",
    title="Годовой анализ работы Службы сопровождения",
    source="Положение о Службе сопровождения, п. 5.1, п. 3.3",
    orientation="portrait",
    data=YearAnalysisData,
)
