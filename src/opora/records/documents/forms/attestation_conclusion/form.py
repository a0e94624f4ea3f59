"""The conclusion on conditions of ГИА, given to the family and shown to the school."""

from __future__ import annotations

from opora.records.documents.forms._shared.attestation import AttestationData
from opora.records.documents.forms._shared.form import Form


class AttestationConclusionData(AttestationData, total=False):
    """The conclusion adds who the learner is by document and who signs for the family."""

    child_document: str
    guardian_name: str
    """Who signs for the family: «Соколова Д. И.»."""


FORM = Form(
    code="attestation_conclusion",
    title="Заключение ПМПК об условиях ГИА",
    source="приложение 2, п. 2.16, пункт 10; практика комиссий",
    orientation="portrait",
    data=AttestationConclusionData,
)
