"""Data that the characteristic (2.6) and the presentations of specialists (2.9) share.

The keys are those of `school/presentations/content.py`.
"""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Sheet


class PresentationPart(TypedDict, total=False):
    """A section; `part` is the caption above a run of sections."""

    code: str
    part: str
    title: str
    text: str


class PresentationData(Sheet, total=False):
    """What somebody at the school writes of a child. A form prints the keys that its source names, and no others."""

    kind: str
    form: str
    title: str
    child_name: str
    """Full, nominative."""
    birth_date: str
    """ISO."""
    age: str
    """«9 лет 4 мес.» on the day of the examination."""
    registered_address: str
    actual_address: str
    guardians: str
    lives_with: str
    contacts: str
    grade: str
    programme: str
    study_form: str
    history: str
    """Studies before the appeal: earlier organisations, repeats, reasons of transfers."""
    purpose: str
    date: str
    """ISO, the day the paper is made out."""
    examined_on: str
    """ISO."""
    examined_from: str
    """«10:00»."""
    examined_to: str
    third_person: str
    """Who else was there; «не присутствовали» when nobody was."""
    methods: str
    parts: list[PresentationPart]
    """In the order of the edition; without them the blank has the captions of the letter with ruled lines."""
    author_position: str
    author_name: str
    chair_name: str
    director_name: str
    director_position: str
    is_draft: bool
    to_parent: bool
