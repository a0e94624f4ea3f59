"""The programme in plain words for the family: what we do, who, when, whom to call."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet


class FamilyDeed(TypedDict, total=False):
    """One thing that somebody does."""

    title: str
    who: str
    when: str
    result: str


class FamilyProgrammeData(Sheet, total=False):
    """Goals in the words of the programme, deeds by whose they are, whom to call."""

    organisation_name: str
    child_first_name: str
    """Nominative: «Вера»."""
    child_name: str
    term: str
    goals: list[str]
    for_child: list[FamilyDeed]
    for_parents: list[FamilyDeed]
    for_staff: list[FamilyDeed]
    signs: list[str]
    """By what we shall see that it has worked."""
    curator: str
    curator_phone: str
    meeting_on: str
    """ISO, the day of the final meeting or the end of the programme."""
    date: str
    """ISO."""


FORM = Form(
    code="family_programme",
    title="Программа сопровождения: памятка для семьи",
    source="Методические рекомендации по ИПС: куратор знакомит родителей с программой; практика",
    orientation="portrait",
    data=FamilyProgrammeData,
)
