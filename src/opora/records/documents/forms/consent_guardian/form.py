"""Consent of the parent (legal representative) to the processing of their own personal data."""

from __future__ import annotations

from opora.records.documents.forms._shared.consent import ConsentData
from opora.records.documents.forms._shared.form import Form


class ConsentGuardianData(ConsentData, total=False):
    """Nothing beyond what both consents share."""


FORM = Form(
    code="consent_guardian",
    title="Согласие на обработку персональных данных родителя (законного представителя)",
    source="приложение 2, п. 2.18",
    orientation="portrait",
    data=ConsentGuardianData,
)
