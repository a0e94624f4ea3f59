"""Data shared by the protocol and the conclusion on conditions of ГИА."""

from __future__ import annotations

from typing import Literal, TypedDict

from opora.records.documents.forms._shared.form import Sheet, Signature


class SubjectLine(TypedDict, total=False):
    """The form of examination in one subject."""

    subject: str
    form: str
    """«ОГЭ», «ГВЭ письменно»."""


class AttestationData(Sheet, total=False):
    """What the commission decided. A text that is missing leaves a ruled line."""

    commission_kind: Literal["territorial", "central"]
    number: str
    date: str
    """ISO; the date of the conclusion."""
    protocol_number: str
    protocol_date: str
    """ISO."""
    level: str
    """«9» or «11»."""
    school_year: str
    """«2026/2027»."""
    child_name: str
    """Full, nominative."""
    child_genitive: str
    """Full, genitive: «для Данилова Миши Игоревича»."""
    birth_date: str
    """ISO."""
    school: str
    """Official name of the learner's school."""
    grade: str
    school_contact: str
    """Whom to call at the school."""
    ground: str
    """The paper that gives the right, with number, date, issuer and validity."""
    ground_other: str
    examination: str
    """«ГИА-9: экзамены, итоговое собеседование по русскому языку»."""
    subjects: list[SubjectLine]
    amount: str
    """The family's choice: two obligatory examinations or more; ГИА-9 only."""
    conditions: list[str]
    special: list[str]
    place: str
    workplace: str
    assistant: str
    materials: str
    interview_minimum: str
    valid_until: str
    """ISO."""
    signatures: list[Signature]
    """The head first, then the members who were present."""
