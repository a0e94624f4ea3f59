"""The protocol of the session at which conditions of ГИА were decided."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.attestation import AttestationData
from opora.records.documents.forms._shared.form import Form


class SpecialistView(TypedDict, total=False):
    """The own conclusion of one specialist."""

    position: str
    """«Учитель-логопед, Васильева В. В.»."""
    text: str


class AttestationProtocolData(AttestationData, total=False):
    """The protocol adds the session and what the specialists found."""

    session_date: str
    """ISO."""
    session_place: str
    referred_by: str
    specialists: list[SpecialistView]
    signed_over: list[dict[str, str]]
    """Warnings that were signed over; kept as evidence, not printed."""


FORM = Form(
    code="attestation_protocol",
    title="Протокол ПМПК об условиях ГИА",
    source="приложение 2, п. 2.15; практика комиссий",
    orientation="portrait",
    data=AttestationProtocolData,
)
