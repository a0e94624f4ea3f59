"""The journal of booking."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet


class BookingRow(TypedDict, total=False):
    """One booking, the columns in the order of 2.12."""

    date: str
    """ISO; the day of the expected visit."""
    time: str
    """«09:30»."""
    child_name: str
    birth_date: str
    """ISO."""
    guardian_name: str
    contacts: str
    """Phone and e-mail."""
    school: str
    """Organisation the child attends now."""
    referred_by: str
    """Who referred, and whether there is a paper: «МБОУ СОШ № 14, направление № 7 от 01.11.2026»."""
    diagnosis: str
    disability: str
    request: str
    struck: bool
    """The line is corrected or annulled by a later one: printed struck out, still readable."""
    remark: str
    """Printed under the line: «Исправлена записью № 15/2026»."""


class BookingJournalData(Sheet, total=False):
    """The journal for a period."""

    period_from: str
    """ISO."""
    period_to: str
    """ISO."""
    rows: list[BookingRow]
    """Empty prints ruled rows."""
    head_name: str
    """Head of the commission, who certifies the bound journal."""


FORM = Form(
    code="booking_journal",
    title="Журнал записи детей на обследование",
    source="приложение 2, п. 2.12",
    orientation="landscape",
    data=BookingJournalData,
)
