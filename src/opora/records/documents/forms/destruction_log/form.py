"""The export of the event log that belongs to an act of destruction (order 179, point 4)."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form
from opora.records.documents.forms.destruction_act.form import DestructionData


class EventRow(TypedDict, total=False):
    """One line of the log: ids and names of the staff, never of a child."""

    at: str
    """«21.11.2026 14:32:05»."""
    who: str
    deed: str


class DestructionLogData(DestructionData, total=False):
    """The head of the act, then everything that the log knows of the card, up to its destruction."""

    events: list[EventRow]
    """The key missing prints ruled rows."""
    signers: list[dict[str, str]]


FORM = Form(
    code="destruction_log",
    title="Выгрузка из журнала событий к акту об уничтожении",
    source="приказ Роскомнадзора от 28.10.2022 № 179, п. 4",
    orientation="portrait",
    data=DestructionLogData,
)
