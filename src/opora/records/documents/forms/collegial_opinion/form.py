"""The collegial opinion of the consilium on one child: conclusions without a diagnosis, advice to both sides."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Opinion, Sheet, recalled


class OpinionMember(TypedDict, total=False):
    """A member who signs."""

    position: str
    name: str


class CollegialOpinionData(Sheet, total=False):
    """General data, the opinion, advice, signatures, the parents' word."""

    organisation_name: str
    number: str
    date: str
    """ISO."""
    child_name: str
    birth_date: str
    """ISO."""
    grade: str
    programme: str
    reason: str
    outcome: str
    """One of the three outcomes, as the edition words it."""
    recommendation: str
    """To whom the recommendations are given: one of the three groups."""
    conclusion: str
    for_teachers: str
    for_parents: str
    leading: str
    """The leading specialist with the post."""
    attachments: list[str]
    chair_name: str
    members: list[OpinionMember]
    opinions: list[Opinion]
    """Dissents; a missing key leaves lines, an empty list says that there are none."""
    guardian_name: str
    """Full name of the representative who has read it."""
    parents_answer: str
    """«agree», «partly», «disagree» or empty: which of the three lines the parent signs."""
    parents_words: str
    acknowledged_on: str
    """ISO."""


FORM = Form(
    code="collegial_opinion",
    title="Коллегиальное заключение психолого-педагогического консилиума",
    source=recalled("приложение 3"),
    orientation="portrait",
    data=CollegialOpinionData,
)
