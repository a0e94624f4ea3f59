"""The journal of examined children."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet, Signature


class ExaminedRow(TypedDict, total=False):
    """One examined child, the columns in the order of 2.13."""

    number: str
    """Number of the entry."""
    child_name: str
    birth_date: str
    """ISO."""
    contacts: str
    referred_by: str
    """Who referred, and whether there is a paper."""
    diagnosis: str
    """The conclusion with which the child came."""
    disability: str
    conclusion: str
    """Conclusion of the commission with its number and date."""
    opinions: str
    recommendations: str
    guardian_signature: str
    """Empty leaves the cell to be signed; else e.g. «получено по почте 01.12.2026»."""
    struck: bool
    """The line is corrected or annulled by a later one: printed struck out, still readable."""
    remark: str
    """Printed under the line: «Исправлена записью № 15/2026»."""


class ExaminedSession(TypedDict, total=False):
    """A session: its children and those who certify the entries."""

    date: str
    """ISO."""
    place: str
    """Only for a visiting or remote session."""
    rows: list[ExaminedRow]
    certified_by: list[Signature]
    """Head and specialists who took part."""


class ExaminedJournalData(Sheet, total=False):
    """The journal for a period."""

    period_from: str
    """ISO."""
    period_to: str
    """ISO."""
    sessions: list[ExaminedSession]
    """Empty prints ruled rows."""
    head_name: str


FORM = Form(
    code="examined_journal",
    title="Журнал учета детей, прошедших обследование в ПМПК",
    source="приложение 2, п. 2.13",
    orientation="landscape",
    data=ExaminedJournalData,
)
