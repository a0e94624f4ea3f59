"""What the paper «Социальный паспорт» says, of a class and of the institution. Numbers, no names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor
from opora.school.pupils.titles import year_title

from .models import SocialPassport
from .rows import parts_of
from .sums import Count

FORM = "social_passport"


class PassportLine(TypedDict):
    """`field_class`: whoever does not see it reads no figures of this row in the paper of a class; empty: everybody."""

    code: str
    title: str
    families: int
    children: int
    pupils: int
    guessed: int
    field_class: str


class PassportPart(TypedDict):
    title: str
    lines: list[PassportLine]


class SocialPassportPaper(TypedDict):
    """`of_school` tells the two papers apart; `school_class` and `teacher` are empty in that of the institution."""

    organisation: str
    of_school: bool
    school_class: str
    teacher: str
    year: str
    on: str
    filled_by: str
    filled_as: str
    comments: str
    approved_on: str
    director: str
    """Who approved the passport of the institution: «Даниилов Д. Д.»; empty before."""
    accepted_by: str
    """Who accepted the passport of a class; empty before."""
    parts: list[PassportPart]


def passport_content(passport: SocialPassport, counts: Sequence[Count]) -> SocialPassportPaper:
    """The paper of these counts; days as ISO dates."""
    room = passport.school_class
    of_row = {one.row.pk: one for one in counts}
    approved_by = passport.approved_by.short_name if passport.approved_by else ""
    return SocialPassportPaper(
        organisation=passport.organisation.full_name,
        of_school=room is None,
        school_class=room.title if room else "",
        teacher=room.teacher.user.full_name if room and room.teacher else "",
        year=year_title(passport.year),
        on=passport.on.isoformat(),
        filled_by=passport.filled_by.user.short_name,
        filled_as=passport.filled_by.caption,
        comments=passport.comments,
        approved_on=passport.approved_on.isoformat() if passport.approved_on else "",
        director="" if room else approved_by,
        accepted_by=approved_by if room else "",
        parts=[
            PassportPart(title=part.title, lines=[_line(of_row[row.pk]) for row in part.rows])
            for part in parts_of(one.row for one in counts)
        ],
    )


def shown_to(actor: Actor, paper: SocialPassportPaper) -> SocialPassportPaper:
    """The paper of a class without rows of a class of fields that the reader does not see: its figures are few."""
    if paper["of_school"]:
        return paper
    parts = [
        PassportPart(
            title=part["title"],
            lines=[line for line in part["lines"] if not line["field_class"] or sees(actor, line["field_class"])],
        )
        for part in paper["parts"]
    ]
    return {**paper, "parts": [part for part in parts if part["lines"]]}


def _line(one: Count) -> PassportLine:
    return PassportLine(
        code=one.row.code, title=one.row.title, families=one.families, children=one.children, pupils=one.pupils,
        guessed=one.guessed, field_class=one.row.field_class,
    )  # fmt: skip
