"""The paper by which the consilium sends a child to the commission; the parent receives it against a signature."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form, Sheet, recalled


class CommissionReferralData(Sheet, total=False):
    """Whom, to which commission, why, with which papers."""

    number: str
    date: str
    """ISO."""
    commission_name: str
    """Nominative, as the organisation is called officially."""
    commission_address: str
    child_name: str
    """Accusative: «Данилову Веру Игоревну»."""
    birth_date: str
    """ISO."""
    grade: str
    purpose: str
    reasons: str
    """Both without a diagnosis."""
    opinion: str
    """«коллегиальное заключение № 3 от 21.11.2026»."""
    papers: list[str]
    """What is given to the parent; specialists' presentations are never among it."""
    chair_name: str
    director_name: str
    guardian_name: str
    handed_on: str
    """ISO."""


FORM = Form(
    code="commission_referral",
    title="Направление на психолого-медико-педагогическую комиссию",
    source=recalled("журнал направлений"),
    orientation="portrait",
    data=CommissionReferralData,
)
