"""The journal of meetings of the consilium."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet, recalled


class MeetingRow(TypedDict, total=False):
    """One meeting."""

    number: str
    date: str
    """ISO."""
    topic: str
    kind: str
    protocol: str
    """Number and day of the protocol."""
    children: str
    """Pupils whose cases were heard."""
    struck: bool
    """The line is annulled by a later one: printed struck out, still readable."""
    remark: str


class MeetingsJournalData(Sheet, total=False):
    """The journal for a period."""

    period_from: str
    """ISO."""
    period_to: str
    """ISO."""
    rows: list[MeetingRow]
    """Empty prints ruled rows."""
    head_name: str
    """Head of the organisation."""


FORM = Form(
    code="meetings_journal",
    title="Журнал учета заседаний ППк и обучающихся, прошедших ППк",
    source=recalled("документация ППк"),
    orientation="landscape",
    data=MeetingsJournalData,
)
