"""The journal of collegial opinions."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet, recalled


class OpinionRow(TypedDict, total=False):
    """One collegial opinion."""

    number: str
    child_name: str
    """Full name with the class."""
    birth_date: str
    """ISO."""
    initiator: str
    reason: str
    opinion: str
    result: str
    struck: bool
    """The line is annulled by a later one: printed struck out, still readable."""
    remark: str


class OpinionsJournalData(Sheet, total=False):
    """The journal for a period."""

    period_from: str
    """ISO."""
    period_to: str
    """ISO."""
    rows: list[OpinionRow]
    """Empty prints ruled rows."""
    head_name: str
    """Head of the organisation."""


FORM = Form(
    code="opinions_journal",
    title="Журнал регистрации коллегиальных заключений психолого-педагогического консилиума",
    source=recalled("документация ППк"),
    orientation="landscape",
    data=OpinionsJournalData,
)
