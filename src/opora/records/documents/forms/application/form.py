"""The application with which a case begins."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form, Sheet


class ApplicationData(Sheet, total=False):
    """Prefilled for signature."""

    head_name: str
    """Head of the commission, dative: «Борисову Б. А.»; may be empty."""
    commission_name: str
    """Official full name, genitive."""
    applicant_name: str
    """Full, genitive: «от Соколовой Дарьи Игоревны»."""
    identity_document: str
    """«паспорт 00 00 № 000000»."""
    identity_issued: str
    """By whom and when."""
    address: str
    """Registered address of the applicant."""
    phone: str
    email: str
    child_name: str
    """Full, genitive."""
    birth_date: str
    """ISO."""
    child_address: str
    date: str
    """ISO; empty leaves a place to write it."""
    signature_name: str
    """Initials and surname, nominative."""


FORM = Form(
    code="application",
    title="Заявление родителя (законного представителя) ребенка",
    source="приложение 2, п. 2.3",
    orientation="portrait",
    data=ApplicationData,
)
