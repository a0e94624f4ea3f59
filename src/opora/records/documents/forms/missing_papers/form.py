"""A letter to the parent: which papers are still missing, in plain words."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet


class MissingPaper(TypedDict, total=False):
    """One paper."""

    title: str
    """«Выписка из истории развития»."""
    why: str
    """One sentence: what it is needed for, or what is wrong with it."""
    where: str
    """Where to get it: «детская поликлиника, участковый педиатр»."""


class MissingPapersData(Sheet, total=False):
    """The letter. An incomplete package may be refused with a reason (2.12)."""

    number: str
    date: str
    """ISO."""
    addressee: str
    """Dative: «Соколовой Дарье Игоревне»."""
    greeting: str
    """«Уважаемая Дарья Игоревна!»"""
    child_name: str
    """Genitive."""
    missing: list[MissingPaper]
    """Obligatory papers that are not there."""
    to_correct: list[MissingPaper]
    """Papers that came with a fault."""
    welcome: list[MissingPaper]
    """Papers asked for only if they exist."""
    appointment_date: str
    """ISO; empty when nothing is booked."""
    appointment_time: str
    appointment_place: str
    bring_until: str
    """ISO."""
    contact_phone: str
    contact_name: str
    status_hint: str
    """Last sentence, e.g. how to see the state of the case."""
    signer_position: str
    signer_name: str


FORM = Form(
    code="missing_papers",
    title="Какие документы нужно донести",
    source="приложение 2, п. 2.1, 2.12",
    orientation="portrait",
    data=MissingPapersData,
)
