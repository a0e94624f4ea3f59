"""The undertaking that comes before any access to children's data."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form, Sheet


class NonDisclosureData(Sheet, total=False):
    """Prefilled for signature by a member of the staff."""

    name: str
    """Full, nominative."""
    identity_kind: str
    """Default «паспорт»."""
    passport_series: str
    passport_number: str
    passport_issued: str
    """By whom and when."""
    commission_name: str
    """Full name of the commission, genitive."""
    date: str
    """ISO; empty leaves a rule."""
    position: str
    signature_name: str
    """Initials and surname."""


FORM = Form(
    code="non_disclosure",
    title="Обязательство о неразглашении персональных данных",
    source="приложение 2, п. 2.19",
    orientation="portrait",
    data=NonDisclosureData,
)
