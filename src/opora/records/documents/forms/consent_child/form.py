"""Consent to the processing of the child's personal data."""

from __future__ import annotations

from opora.records.documents.forms._shared.consent import ConsentData
from opora.records.documents.forms._shared.form import Form


class ConsentChildData(ConsentData, total=False):
    """Adds the child and the ground of representation."""

    child_name: str
    """Full, nominative."""
    basis_document: str
    """Genitive, after «На основании»: «свидетельства о рождении», «акта о назначении опекуна»."""
    basis_number: str
    basis_date: str
    """ISO."""


FORM = Form(
    code="consent_child",
    title="Согласие на обработку персональных данных ребенка",
    source="приложение 2, п. 2.17",
    orientation="portrait",
    data=ConsentChildData,
)
