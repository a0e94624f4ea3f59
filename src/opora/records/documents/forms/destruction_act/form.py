"""The act of destruction of personal data: the fields of order 179 of Roskomnadzor."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form, Sheet, Signature


class DestructionData(Sheet, total=False):
    """What the act and the export of the log have in common."""

    number: str
    """«1/2026»."""
    date: str
    """ISO."""
    operator: str
    operator_address: str
    subject: str
    """Whose data, by numbers of the card and of the journals: the system keeps no name after the destruction."""
    categories: list[str]
    """«Диагнозы: 2»: kinds of destroyed data with the number of records."""
    system: str
    way: str
    reason: str
    destroyed_on: str
    """ISO."""
    keep_until: str
    """ISO: until when the paper itself is kept."""
    clause: str


class DestructionActData(DestructionData, total=False):
    """The act, signed by those who destroyed."""

    log: str
    """Hash of the export of the log that belongs to the act."""
    signers: list[Signature]


FORM = Form(
    code="destruction_act",
    title="Акт об уничтожении персональных данных",
    source="приказ Роскомнадзора от 28.10.2022 № 179, п. 3; приложение 2, п. 2.14",
    orientation="portrait",
    data=DestructionActData,
)
