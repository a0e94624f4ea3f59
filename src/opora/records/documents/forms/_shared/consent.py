"""Data shared by the two consents to the processing of personal data (2.17, 2.18)."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Sheet


class ConsentData(Sheet, total=False):
    """Who consents, to whom, and how it ends."""

    name: str
    """Full, nominative, as in the identity document."""
    address: str
    identity_kind: str
    """Kind of the identity document; default «паспорт»."""
    passport_series: str
    passport_number: str
    passport_issued: str
    """By whom and when."""
    phone: str
    email: str
    operator_name: str
    """Full name of the commission, nominative."""
    operator_name_in: str
    """Prepositional, after «на обработку в»; default is the nominative."""
    operator_name_to: str
    """Accusative, after «путем направления в»; default is the nominative."""
    withdrawal_term: str
    """Term in which processing stops, genitive; default «10 (десяти) рабочих дней» of the form."""
    date: str
    """ISO; empty leaves a rule."""
    signature_name: str
    """Initials and surname."""
