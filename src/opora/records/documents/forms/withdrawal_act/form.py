"""The act by which a withdrawal of a consent is carried out (2.17, 2.18)."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet


class GoneRow(TypedDict, total=False):
    """What was destroyed."""

    title: str
    count: str


class KeptRow(GoneRow, total=False):
    """What the law keeps."""

    clause: str


class WithdrawalActData(Sheet, total=False):
    """The act; the head signs it."""

    number: str
    """«3/2026»."""
    date: str
    """ISO."""
    operator: str
    """Official full name of the commission."""
    consent: str
    """«Согласие на обработку персональных данных ребёнка (прил. 2.17)»."""
    subject: str
    """Whose data: full name, nominative."""
    birth_date: str
    """ISO; empty for a representative."""
    signed_by: str
    signed_on: str
    """ISO."""
    received_on: str
    """ISO."""
    stop_on: str
    """ISO: the last day of the term."""
    clause: str
    goes: list[GoneRow]
    stays: list[KeptRow]
    signer_position: str
    signer_name: str


FORM = Form(
    code="withdrawal_act",
    title="Акт о прекращении обработки персональных данных",
    source="приложение 2, п. 2.17, 2.18; 152-ФЗ, ст. 21",
    orientation="portrait",
    data=WithdrawalActData,
)
