"""The journal of information given on request."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet


class DisclosureRow(TypedDict, total=False):
    """One signed answer."""

    number: str
    """«7/2026», the outgoing number."""
    date: str
    """ISO."""
    child_name: str
    birth_date: str
    """ISO."""
    recipient: str
    request: str
    """«письменный запрос № 12 от 01.11.2026»."""
    decision: str
    given: str
    signer: str
    sent: str
    """«почтой 03.11.2026, получено 10.11.2026»."""
    struck: bool
    """The line is annulled by a later one: printed struck out, still readable."""
    remark: str


class DisclosureJournalData(Sheet, total=False):
    """The journal for a period."""

    period_from: str
    """ISO."""
    period_to: str
    """ISO."""
    rows: list[DisclosureRow]
    """Empty prints ruled rows."""
    head_name: str


FORM = Form(
    code="disclosure_journal",
    title="Журнал передачи сведений по запросам",
    source="приложение 2, п. 2.19",
    orientation="landscape",
    data=DisclosureJournalData,
)
