"""Data that the consent to an examination at school and its refusal share."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Sheet


class ExaminationAnswer(Sheet, total=False):
    """Who answers, for which child."""

    name: str
    """Full name of the representative, nominative."""
    identity: str
    """Number and series of the passport, when and by whom it was given."""
    kinship: str
    """«parent» or «guardian» (legal representative); empty leaves both to be marked."""
    child_name: str
    """Full, genitive."""
    grade: str
    birth_date: str
    """ISO."""
    organisation_name: str
    note: str
    """Conditions or the reason of a refusal, in the parent's words."""
    date: str
    """ISO."""
    signature_name: str
    """«Данилова Д. И.»."""
