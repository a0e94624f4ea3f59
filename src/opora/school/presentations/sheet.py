"""A presentation and its law: which paper it is, what it asks, what it lacks, what the system knows already."""

from __future__ import annotations

from datetime import date

from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.typography import age, long_date
from opora.people.children.models import Child, Enrolment
from opora.regulations.edition import Edition, edition
from opora.regulations.presentations import reading
from opora.regulations.presentations.checking import Draft, Lack, lacks
from opora.regulations.presentations.entries import PresentationKind, PresentationSection
from opora.school.pupils.models import ExaminationConsent

from .models import Presentation
from .models import PresentationSection as SectionRow
from .querysets import CHARACTERISTIC

SUPPOSITION = "supposition"


def law_of(presentation: Presentation) -> Edition:
    """The edition that the paper was begun under."""
    return edition(presentation.edition, presentation.started_on)


def paper_of(presentation: Presentation) -> PresentationKind:
    return reading.kind(law_of(presentation), presentation.kind)


def asked_sections(presentation: Presentation) -> tuple[PresentationSection, ...]:
    """Sections that somebody writes, in order; what the system knows is left out."""
    every = reading.sections(law_of(presentation), presentation.kind, presentation.stage)
    return tuple(one for one in every if not one.known)


def section_title(presentation: Presentation, code: str) -> str:
    found = (one.title for one in asked_sections(presentation) if one.code == code)
    return next(found, code)


def kinds_for(law: Edition, position: Position) -> list[PresentationKind]:
    """What the holder of a post writes: his speciality's paper, a teacher the characteristic, the chair the outcome."""
    codes = {reading.kind_of_speciality(law, position.speciality)}
    if position.role in (Role.CLASS_TEACHER, Role.CURATOR, Role.SERVICE_HEAD, Role.CONSILIUM_CHAIR):
        codes.add(CHARACTERISTIC)
    if position.role == Role.CONSILIUM_CHAIR:
        codes.add(SUPPOSITION)
    return [one for one in reading.kinds(law) if one.code in codes]


def has_consent(child: Child) -> bool:
    """Whether a representative's consent to the examination at school is in force."""
    return ExaminationConsent.objects.in_force().filter(child=child).exists()


def draft_of(presentation: Presentation) -> Draft:
    """What the checks look at; one query for the sections, one for the consent where it is needed."""
    rows = list(SectionRow.objects.filter(presentation=presentation))
    return Draft(
        kind=presentation.kind,
        stage=presentation.stage,
        purpose=presentation.purpose,
        examined_on=presentation.examined_on,
        time_from=presentation.time_from,
        time_to=presentation.time_to,
        third_person=presentation.third_person,
        texts={one.code: one.text for one in rows},
        chosen={one.code: one.chosen for one in rows},
        carried=frozenset(one.code for one in rows if one.is_carried),
        has_consent=not paper_of(presentation).needs_consent or has_consent(presentation.child),
    )


def lacks_of(presentation: Presentation) -> tuple[Lack, ...]:
    """What the paper lacks now."""
    return lacks(law_of(presentation), draft_of(presentation))


def known_texts(child: Child, on: date) -> dict[str, str]:
    """First texts of sections that the card answers: studies before, the entry and how long ago it was."""
    every = list(child.enrolments.select_related("school").order_by("started_on", "pk"))
    present = next((one for one in every if one.ended_on is None), None)
    return {"c_history": _history(every, present), "c_entry": _entry(child, present, on)}


def _history(every: list[Enrolment], present: Enrolment | None) -> str:
    earlier = [
        f"{one}{f', {one.started_on:%d.%m.%Y}' if one.started_on else ''}—{one.ended_on:%d.%m.%Y}"
        for one in every
        if one.ended_on is not None
    ]
    said = [f"Ранее: {'; '.join(earlier)}."] if earlier else []
    return "\n".join([*said, *(one.history for one in every if one.history)])


def _entry(child: Child, present: Enrolment | None, on: date) -> str:
    if present is None or present.started_on is None:
        return ""
    since = present.started_on
    came = reading.gendered("{Поступил|Поступила}", child.sex)
    length = age(since, on) if since <= on else "ещё не начал обучение"
    return f"{came} в возрасте {age(child.birth_date, since)}, обучается с {long_date(since)} ({length})."
