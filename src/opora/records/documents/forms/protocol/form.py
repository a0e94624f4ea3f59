"""The protocol of the commission, assembled from the parts of its specialists."""

from __future__ import annotations

from typing import Literal, TypedDict

from opora.records.documents.forms._shared.form import Form, Opinion, Sheet, Signature

StandardPaper = Literal[
    "application",
    "child_identity",
    "guardian_identity",
    "referral",
    "consilium_opinion",
    "previous_conclusion",
    "medical_history",
    "doctors_conclusions",
    "school_reference",
    "works",
]
"""The ten papers that section 6 of the form lists, in its order."""


class SpecialistPart(TypedDict, total=False):
    """What one specialist found."""

    methods: str
    """Methods used; printed before the findings when given."""
    findings: str
    conclusion: str
    """«Выводы»."""


class SpeechTherapistPart(SpecialistPart, total=False):
    """Section 10 has a field of its own."""

    speech_conclusion: str
    """«Логопедическое заключение»."""


class OtherSpecialistPart(SpecialistPart, total=False):
    """Sections after 12."""

    position: str
    """«врач-психиатр», «тифлопедагог»."""


class ProtocolData(Sheet, total=False):
    """Sections in the order of 2.15.

    A specialist's key that is missing leaves lines to fill by hand; None says that no such
    examination was made.
    """

    commission_kind: Literal["territorial", "central"]
    number: str
    date: str
    """ISO; the date of the protocol."""
    session_date: str
    """ISO."""
    session_place: str
    """Only for a visiting or remote session."""
    child_name: str
    birth_date: str
    """ISO."""
    address_phone: str
    disability: str
    """Number, issuer and term of the paper, or «не установлена»."""
    referred_by: str
    papers: list[StandardPaper]
    """Those presented; they are ticked."""
    other_papers: list[str]
    """Presented beyond the standard ones."""
    anamnesis: str
    diagnoses: str
    defectologist: SpecialistPart | None
    speech_therapist: SpeechTherapistPart | None
    psychologist: SpecialistPart | None
    social_pedagogue: SpecialistPart | None
    other_specialists: list[OtherSpecialistPart]
    features: str
    opinions: list[Opinion]
    """[] prints «не заявлено»; a missing key leaves lines."""
    signatures: list[Signature]
    """The head first, then those present."""


FORM = Form(
    code="protocol",
    title="Протокол ПМПК",
    source="приложение 2, п. 2.15",
    orientation="portrait",
    data=ProtocolData,
)
