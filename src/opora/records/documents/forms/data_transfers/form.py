"""What the parent may know: to whom data of the child was given, when, on what ground, and by whom."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet


class TransferRow(TypedDict, total=False):
    """One handing of data."""

    on: str
    """ISO."""
    recipient: str
    ground: str
    given: str
    way: str
    by: str
    """Who signed or handed it: «Борисов Б. Б.»."""


class ConsentRow(TypedDict, total=False):
    """One consent."""

    title: str
    guardian: str
    signed_on: str
    """ISO."""
    withdrawn_on: str
    """ISO; empty while it is in force."""


class DataTransfersData(Sheet, total=False):
    """The paper is given to a representative on request; it is made of today's records."""

    child_name: str
    """Genitive."""
    birth_date: str
    """ISO."""
    date: str
    """ISO."""
    transfers: list[TransferRow]
    """The key missing prints ruled rows; an empty list says that nothing was given."""
    consents: list[ConsentRow]
    signer_position: str
    signer_name: str


FORM = Form(
    code="data_transfers",
    title="Сведения о передаче данных",
    source="приложение 2, п. 2.9, 2.17, 2.18, 2.19",
    orientation="portrait",
    data=DataTransfersData,
)
