"""Data shared by the two editions of the conclusion (2.16)."""

from __future__ import annotations

from typing import Literal, TypedDict

from opora.records.documents.forms._shared.form import Opinion, Sheet, Signature


class Direction(TypedDict, total=False):
    """One line of section 11."""

    specialist: str
    """Who works: «Учитель-логопед»; may be empty."""
    text: str


class ConclusionRecommendations(Sheet, total=False):
    """Everything of the conclusion but the diagnosis. Sections without a value print a line to fill by hand,
    so a finished conclusion says «не требуется» in so many words."""

    commission_kind: Literal["territorial", "central"]
    blank_number: str
    number: str
    date: str
    """ISO; the date of the conclusion."""
    protocol_number: str
    protocol_date: str
    """ISO."""
    child_name: str
    """Full, nominative."""
    birth_date: str
    """ISO."""
    child_document: str
    """«свидетельство о рождении II-АБ № 123456, выдано … 01.02.2018»."""
    features: str
    """Main features of the child that make special conditions necessary."""
    has_ovz: bool | None
    """Является (не является) ребенком с ОВЗ; None prints both to be marked by hand."""
    ovz_grounds: str
    """Grounds of that finding, continues the sentence after a colon."""
    needs_conditions: bool | None
    programme: str
    """Section 1 with the caption of the variant and its level."""
    programme_term: str
    second_programme: str
    """Second programme for a complex defect."""
    individual_plan: bool | None
    """Whether an individual study plan has to be drawn up; None leaves the line out."""
    study_form: str
    study_form_grounds: list[Literal["medical_commission", "parents"]]
    """The letter names two grounds (252 and the form itself); one or both. Empty prints that of the form."""
    regime: str
    education_form: str
    accessibility: str
    assistant: str
    """With its reason and term."""
    tutor: str
    """With its reason and term."""
    technical_aids: str
    textbooks: str
    other_conditions: str
    final_attestation: str
    directions: list[Direction]
    reexamination: str
    """Section 12, to confirm the recommendations: «не позднее 1 июня 2028 г., …»."""
    reexamination_for_change: str
    follow_up: str
    opinions: list[Opinion]
    """[] prints «не заявлено»; a missing key leaves lines."""
    issued_on: str
    """ISO; date of issue."""
    signatures: list[Signature]
    """The head first, then the members who were present."""
    guardian_name: str
    """Who signs for the parents: «Соколова Д. И.»."""
    acknowledged_on: str
    """ISO; usually left empty, written by hand."""
