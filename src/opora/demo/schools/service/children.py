"""Pupils who came to the school with a conclusion of ПМПК a year ago, and those who have a ground for lessons."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.school.duties.models import BroughtConclusion, SchoolDuty
from opora.school.duties.offers import DutyDraft, drafts_of_lines
from opora.school.duties.services import brought_record, duty_mark, parents_answer_record
from opora.school.support.groups.grounds import Offer, grounds_of_many

from ...stories import Story, at
from ..pupils import Roll
from .people import Service

# Programme, hours of the psychologist, of the speech therapist, of the defectologist.
ASKED = (
    ("5.1", 1, 2, 0), ("7.1", 1, 1, 1), ("5.1", 0, 2, 0), ("7.2", 1, 1, 2), ("7.1", 2, 0, 1), ("5.2", 0, 3, 0),
    ("7.1", 1, 1, 0), ("7.2", 0, 1, 2),
)  # fmt: skip
HOURS = (("psychologist", "педагог-психолог"), ("speech_therapist", "учитель-логопед"),
         ("defectologist", "учитель-дефектолог"))  # fmt: skip


def conclusions_story(
    service: Service, roll: Roll, places: Sequence[int], commission: Organisation, chance: random.Random
) -> Story:
    """Families bring their papers in the first weeks; every condition has been created since."""
    day = date(service.year - 1, 9, 8)
    yield at(day, 8)  # the days off are known by now
    for number, (place, asked) in enumerate(zip(places, ASKED, strict=False)):
        yield at(service.school_day(day + timedelta(days=2 * number)), 12, 30)
        made = _brought(service, roll.children[place], asked, commission, chance)
        for duty in made.duties.select_related("responsible__user"):
            if duty.kind != SchoolDuty.Kind.REEXAMINATION:
                duty_mark(actor=service.here.chair, duty=duty, state="created", reason="")


def _brought(
    service: Service, child: Child, asked: tuple[str, int, int, int], commission: Organisation, chance: random.Random
) -> BroughtConclusion:
    programme, *hours = asked
    today, chair = timezone.localdate(), service.here.chair
    duties = [
        DutyDraft("lessons", f"Занятия: {title}", speciality=speciality, hours=Decimal(count))
        for (speciality, title), count in zip(HOURS, hours, strict=True) if count
    ]  # fmt: skip
    duties += drafts_of_lines("Отдельные карточки с заданиями на уроке", today)
    made = brought_record(
        actor=chair, child=child, guardian=child.guardianships.get(ended_on=None).guardian,
        number=f"{chance.randint(500, 700)}", signed_on=today - timedelta(days=chance.randint(20, 90)),
        brought_on=today, has_limitations=True, commission=commission, programme=programme,
        next_on=date(service.year + 1, 4, 15), parents_answer="waiting", duties=duties,
    )  # fmt: skip
    parents_answer_record(actor=chair, brought=made, answer="agree", words="", on=today)
    return made


def with_grounds(service: Service, login: str) -> list[tuple[Child, Offer]]:
    """Pupils of today who have a ground for lessons of a specialist, each with the best one; his own first."""
    speciality, today = service.post(login).speciality, timezone.localdate()
    children = [child for room in service.rooms(_year_of(today)) for child in service.pupils(room)]
    offers = grounds_of_many(service.head, children, today, speciality=speciality)
    own, other = [], []
    for child in children:
        best = next(iter(offers[child.pk]), None)
        if best is None:
            continue
        if best.duty is not None:
            if best.duty.speciality == speciality:
                own.append((child, best))
            continue
        other.append((child, best))
    return [*own, *other]


def _year_of(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1
