"""The profile of socio-psychological adaptation by the scales of annexes 10.2 and 10.3, with its dynamics."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet


class ProfileMark(TypedDict, total=False):
    """One scale."""

    title: str
    value: str
    """«5», from 1 to 10."""
    text: str
    """The descriptor of the value; a value in two bands has both, in two lines."""


class ProfileScale(TypedDict, total=False):
    """One instrument of the case."""

    title: str
    clause: str
    date: str
    """ISO: the day of the examination."""
    position: str
    """Of whoever filled it: «Педагог-психолог»."""
    name: str
    """«Громов Г. Г.»"""
    picture: str
    """An SVG with the profiles of this and of earlier examinations; anything else is printed as text."""
    marks: list[ProfileMark]


class AdaptationProfileData(Sheet, total=False):
    """The sheet of a profile. No total is printed: the letter gives none."""

    child_name: str
    birth_date: str
    """ISO."""
    case_title: str
    scales: list[ProfileScale]


FORM = Form(
    code="adaptation_profile",
    title="Профиль социопсихологической адаптированности",
    source="приложение 10, п. 10.2, 10.3",
    orientation="portrait",
    data=AdaptationProfileData,
)
