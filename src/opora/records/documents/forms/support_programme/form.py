"""The individual programme of support: the form of the annex of the methodical recommendations, to the line."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form, Sheet
from opora.school.programmes.content import SupportProgramme


class SupportProgrammeData(Sheet, SupportProgramme, total=False):
    """The fifteen rows in the order of the form, the plan, the signatures: what the programme's room writes."""


FORM = Form(
    code="support_programme",
    title="Индивидуальная программа сопровождения обучающегося",
    source="Методические рекомендации по ИПС, приложение «Форма ИПС»",
    orientation="portrait",
    data=SupportProgrammeData,
)
