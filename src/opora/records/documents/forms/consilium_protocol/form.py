"""Protocol of a meeting of the consilium."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Opinion, Sheet, recalled


class Present(TypedDict, total=False):
    """One who was there."""

    name: str
    """«Ёлкина Е. Е.»."""
    position: str
    """Post and part in the consilium: «педагог-психолог, член ППк», «мать обучающегося»."""


class ProtocolItem(TypedDict, total=False):
    """One point of the agenda, its talk and its decision."""

    order: int
    title: str
    talk: str
    decision: str
    others: list[str]
    opinions: list[Opinion]
    """Who was there for this child and who dissented; the paper gathers both under the whole meeting."""


class ConsiliumProtocolData(Sheet, total=False):
    """The meeting as a whole; a point of the agenda for each child."""

    organisation_name: str
    number: str
    date: str
    """ISO."""
    kind: str
    """«плановое», «внеплановое»."""
    topic: str
    place: str
    """Place and time."""
    present: list[Present]
    absent: list[Present]
    quorum: str
    items: list[ProtocolItem]
    opinions: list[Opinion]
    attachments: list[str]
    chair_name: str
    members: list[str]
    others: list[str]
    secretary_name: str


FORM = Form(
    code="consilium_protocol",
    title="Протокол заседания психолого-педагогического консилиума",
    source=recalled("приложение 2"),
    orientation="portrait",
    data=ConsiliumProtocolData,
)
