"""The journal of children sent to the commission."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet, recalled


class ReferralRow(TypedDict, total=False):
    """One referral."""

    number: str
    date: str
    """ISO."""
    child_name: str
    """Full name with the class."""
    birth_date: str
    """ISO."""
    purpose: str
    reason: str
    papers: str
    """What the parent was given."""
    guardian: str
    """Who received it and when; empty leaves the place to sign."""
    struck: bool
    """The line is annulled by a later one: printed struck out, still readable."""
    remark: str


class ReferralsJournalData(Sheet, total=False):
    """The journal for a period."""

    period_from: str
    """ISO."""
    period_to: str
    """ISO."""
    rows: list[ReferralRow]
    """Empty prints ruled rows."""
    head_name: str
    """Head of the organisation."""


FORM = Form(
    code="referrals_journal",
    title="Журнал направлений обучающихся на ПМПК",
    source=recalled("документация ППк"),
    orientation="landscape",
    data=ReferralsJournalData,
)
