"""What is offered while a conclusion is written down: duties out of its answers, who answers for them and by when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_ROLES
from opora.people.law import law_on
from opora.regulations.calendar import add_years
from opora.regulations.duties.entries import DutyKind
from opora.regulations.duties.offering import due_offered, duty_kinds, line_read
from opora.regulations.edition import Edition

from .models import SchoolDuty

PRESENTATION = "conclusion_presentation"


@dataclass(frozen=True)
class DutyDraft:
    """A duty before it is kept; without `responsible` and `due_on` the usual ones are taken."""

    kind: str
    title: str
    code: str = ""
    speciality: str = ""
    hours: Decimal | None = None
    responsible: Position | None = None
    due_on: date | None = None


def kinds_by_code(law: Edition) -> dict[str, DutyKind]:
    """Kinds of duties of an edition."""
    return {one.code: one for one in duty_kinds(law)}


def positions_of(actor: Actor, day: date) -> list[Position]:
    """Who may answer for a condition: colleagues who work at the school on the day."""
    held = Position.objects.visible_to(actor).filter(role__in=SCHOOL_ROLES).held_on(day)
    return list(held.select_related("user").order_by("user__last_name", "user__first_name", "pk"))


def responsible_offered(kind: DutyKind, positions: Sequence[Position], speciality: str = "") -> Position | None:
    """A lesson is for its specialist; else the first of the kind's roles that somebody holds."""
    if speciality:
        known = next((one for one in positions if one.speciality == speciality), None)
        if known is not None:
            return known
    for role in kind.roles:
        if role == "school_specialist" and speciality:
            continue  # a colleague of another speciality does not give these lessons
        found = next((one for one in positions if one.role == role), None)
        if found is not None:
            return found
    return None


def completed(
    drafts: Iterable[DutyDraft], positions: Sequence[Position], *, brought_on: date, next_on: date | None,
    valid_until: date | None,
) -> list[DutyDraft]:  # fmt: skip
    """The drafts with a responsible person and a day for each."""
    kinds = kinds_by_code(law_on(brought_on))
    return [
        replace(
            one,
            responsible=one.responsible or responsible_offered(kinds[one.kind], positions, one.speciality),
            due_on=one.due_on or due_offered(kinds[one.kind], brought_on, next_on, valid_until),
        )
        for one in drafts
    ]


def drafts_of_lines(text: str, day: date) -> list[DutyDraft]:
    """«Ввести списком»: a line is a duty; its kind, specialist and hours are read out of it."""
    law = law_on(day)
    lines = [line_read(law, one) for one in text.splitlines() if one.strip()]
    return [
        DutyDraft(one.kind, one.text, speciality=one.speciality, hours=Decimal(one.hours) if one.hours else None)
        for one in lines
    ]


def with_obvious(duties: Iterable[DutyDraft], programme: str, words: str, next_on: date | None) -> list[DutyDraft]:
    """What follows from the answers themselves goes first and last: the programme, the next examination."""
    named = list(duties)
    own = {one.kind for one in named}
    if words and SchoolDuty.Kind.PROGRAMME not in own:
        named.insert(0, DutyDraft(SchoolDuty.Kind.PROGRAMME, words, code=programme))
    if next_on and SchoolDuty.Kind.REEXAMINATION not in own:
        named.append(DutyDraft(SchoolDuty.Kind.REEXAMINATION, "Подготовить повторное обследование на ПМПК"))
    return named


def programme_words(law: Edition, programme: str, orientation: str, typed: str) -> str:
    """The programme as a duty says it: the caption of the edition, else what was typed."""
    chosen = next((one for one in law.programmes if one.code == programme), None)
    if chosen is None:
        return typed or programme
    leans = any(one.code == orientation for one in law.variants)
    return law.programme_wording(programme, orientation) if chosen.needs_orientation and leans else chosen.title


def presented_until(signed_on: date, day: date) -> date:
    """Until when a conclusion may be brought to a school for the first time."""
    return add_years(signed_on, law_on(day).term(PRESENTATION).value)
