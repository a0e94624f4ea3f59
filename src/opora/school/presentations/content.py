"""The content of a presentation as its paper says it: what is frozen, printed and packed. Keys stay as they are."""

from __future__ import annotations

from datetime import date, time
from typing import TypedDict

from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation
from opora.foundation.ui.typography import age
from opora.people.children.models import Child, Guardianship

from .models import Presentation, PresentationSection
from .sheet import asked_sections, paper_of

METHODS = "_methods"


class Letterhead(TypedDict):
    """The stamp of the organisation (2.9: на листах со штампом образовательной организации)."""

    founder: str
    full_name: str
    address: str
    phone: str
    email: str


class Part(TypedDict):
    """A section with its text. `part` is the caption above a run of sections; `code` that of the edition."""

    code: str
    part: str
    title: str
    text: str


class FamilyContent(TypedDict):
    """General data of 2.6 that the card knows."""

    registered_address: str
    actual_address: str
    guardians: str
    lives_with: str
    contacts: str


class PresentationContent(FamilyContent):
    """Names in full and in the nominative, days in ISO, times as «10:00»; what is not known is an empty text.

    `parts` are in the order of the edition without those that the system knows; `methods` stand apart from them.
    `to_parent`: the paper may be given to the parent; every other one never is (2.9).
    """

    kind: str
    form: str
    title: str
    letterhead: Letterhead
    child_name: str
    birth_date: str
    age: str
    grade: str
    programme: str
    study_form: str
    history: str
    purpose: str
    date: str
    examined_on: str
    examined_from: str
    examined_to: str
    third_person: str
    methods: str
    parts: list[Part]
    author_position: str
    author_name: str
    chair_name: str
    director_name: str
    director_position: str
    is_draft: bool
    to_parent: bool


def presentation_content(presentation: Presentation, on: date | None = None) -> PresentationContent:
    """Everything that the paper says, from the rows as they are now; `on` is the day for who leads the school."""
    child, paper = presentation.child, paper_of(presentation)
    day = on or presentation.finished_on or presentation.examined_on or presentation.started_on
    rows = {one.code: one for one in PresentationSection.objects.filter(presentation=presentation)}
    parts = _parts(presentation, rows)
    director = _held(presentation.organisation, Role.DIRECTOR, day)
    chair = _held(presentation.organisation, Role.CONSILIUM_CHAIR, day)
    study = child.present_enrolment
    return {
        "kind": presentation.kind,
        "form": paper.form,
        "title": paper.title,
        "letterhead": _letterhead(presentation.organisation),
        "child_name": child.full_name,
        "birth_date": child.birth_date.isoformat(),
        "age": age(child.birth_date, presentation.examined_on or day),
        **_family(child),
        "grade": study.group if study else "",
        "programme": study.programme if study else "",
        "study_form": study.study_form if study else "",
        "history": next((one["text"] for one in parts if one["code"] == "c_history"), ""),
        "purpose": str(presentation.get_purpose_display()) if presentation.purpose else "",
        "date": _iso(presentation.finished_on),
        "examined_on": _iso(presentation.examined_on),
        "examined_from": _clock(presentation.time_from),
        "examined_to": _clock(presentation.time_to),
        "third_person": _third_person(presentation),
        "methods": next((one["text"] for one in parts if one["code"].endswith(METHODS)), ""),
        "parts": [one for one in parts if not one["code"].endswith(METHODS)],
        "author_position": presentation.author.caption,
        "author_name": presentation.author.user.short_name,
        "chair_name": chair.user.short_name if chair else "",
        "director_name": director.user.short_name if director else "",
        "director_position": director.caption if director else "",
        "is_draft": not presentation.is_finished,
        "to_parent": paper.to_parent,
    }


def _parts(presentation: Presentation, rows: dict[str, PresentationSection]) -> list[Part]:
    return [
        {"code": one.code, "part": one.part, "title": one.title, "text": rows[one.code].text}
        for one in asked_sections(presentation)
        if one.code in rows
    ]


def _letterhead(school: Organisation) -> Letterhead:
    return {
        "founder": school.letterhead,
        "full_name": school.full_name,
        "address": school.address,
        "phone": school.phone,
        "email": school.email,
    }


def _family(child: Child) -> FamilyContent:
    links = list(
        Guardianship.objects.filter(child=child, ended_on__isnull=True).select_related("guardian").order_by("-is_main")
    )
    return {
        "registered_address": child.registered_address,
        "actual_address": child.actual_address or child.registered_address,
        "guardians": "; ".join(f"{one.guardian.full_name} ({one.get_kinship_display()})" for one in links),
        "lives_with": child.lives_with,
        "contacts": "; ".join(one.guardian.contacts for one in links if one.guardian.contacts),
    }


def _held(school: Organisation, role: Role, day: date) -> Position | None:
    held = Position.objects.filter(organisation=school, role=role).held_on(day)
    return held.select_related("user").order_by("started_on", "pk").first()


def _third_person(presentation: Presentation) -> str:
    if presentation.third_person == Presentation.ThirdPerson.NOBODY or not presentation.third_person:
        return str(presentation.get_third_person_display()) if presentation.third_person else ""
    return presentation.third_person_words or str(presentation.get_third_person_display())


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _clock(moment: time | None) -> str:
    return f"{moment:%H:%M}" if moment else ""
