"""Social passports: classes by their teachers, the whole school by the service; last year's and this year's."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from opora.people.children.models import Child
from opora.school.pupils.models import SchoolClass
from opora.school.support.passports import services
from opora.school.support.passports.models import PassportRow, SocialPassport
from opora.school.support.passports.rows import is_seen

from ...stories import Story, at
from ..people import School
from ..plans import workday
from .people import Service

Rows = Mapping[str, PassportRow]
CHILDREN = ((1, 30), (2, 45), (3, 18), (4, 7))  # of a family, and how many families of a hundred
# The row that is true of everybody who has no other one, and those others with their share.
ONE_OF = (
    ("full", (("one_parent", 0.2), ("guardianship", 0.02), ("adoptive", 0.01))),
    ("town", (("village", 0.14),)),
    ("both_employed", (("one_employed", 0.16), ("unemployed", 0.04))),
)  # fmt: skip
BESIDES = (
    ("low_income", 0.12), ("migrants", 0.02), ("military", 0.03), ("special_operation", 0.03), ("free_meals", 0.2),
    ("clubs", 0.35), ("bus", 0.06),
)  # fmt: skip
OF_SERVICE = (("hard_situation", 0.05), ("family_register", 0.015))  # ticked by the social pedagogue
COMMENT = "Сведения собраны из анкет родителей и карт детей."


def passports_story(service: Service) -> Story:
    """Each autumn: the sheets of the classes, then the passport of the school; one class is late this year."""
    for year in (service.year - 1, service.year):
        first = workday(date(year, 9, 21), 1)
        if first >= service.today - timedelta(days=8):
            return
        yield at(first, 13)
        rooms = service.rooms(year)
        for number, room in enumerate(rooms):
            yield at(first, 13, number)
            is_late = year == service.year and number == len(rooms) - 1
            _of_class(service, room, is_late=is_late)
        yield at(workday(first + timedelta(days=7), 1), 12)
        made = services.school_passport_begin(actor=service.actor("socped"), on=timezone.localdate())
        services.comments_write(actor=service.actor("socped"), passport=made, comments=COMMENT)
        services.passport_submit(actor=service.actor("socped"), passport=made, on=timezone.localdate())
        services.passport_approve(actor=service.director, passport=made, on=timezone.localdate())


def _of_class(service: Service, room: SchoolClass, *, is_late: bool) -> None:
    here, today = service.here, timezone.localdate()
    teacher = here.actor(room.teacher or here.teachers[0])
    passport = services.class_passport_begin(actor=teacher, school_class=room, on=today)
    rows = {one.code: one for one in PassportRow.objects.of(service.organisation)}
    chance = random.Random(f"{room.title}-{room.year}")  # noqa: S311 - made-up families
    pupils = service.pupils(room)
    _ticked(here, passport, rows, pupils, chance, is_new=room.year < service.year)
    if is_late:
        return
    services.rest_fill(actor=teacher, passport=passport, row=rows["town"])
    services.class_passport_submit(actor=teacher, passport=passport, on=today)
    for code, share in OF_SERVICE:
        for child in pupils:
            if room.year < service.year and chance.random() < share:
                services.fact_tick(
                    actor=service.actor("socped"), passport=passport, child=child, row=rows[code], is_true=True
                )
    services.class_passport_accept(actor=service.actor("socped"), passport=passport, on=today)


def _ticked(
    here: School, passport: SocialPassport, rows: Rows, pupils: list[Child], chance: random.Random, *, is_new: bool
) -> None:
    """A year later most ticks stand from the last time; a few families have changed."""
    room = passport.school_class
    teacher = here.actor((room.teacher if room else None) or here.teachers[0])
    for child in pupils:
        if is_new:
            count = chance.choices([one for one, _ in CHILDREN], [share for _, share in CHILDREN])[0]
            if count > 1:
                services.children_count_set(actor=teacher, passport=passport, child=child, count=count)
        for code in _true(chance, is_new=is_new):
            if is_seen(teacher, rows[code]):
                services.fact_tick(actor=teacher, passport=passport, child=child, row=rows[code], is_true=True)
                if code == "one_parent":
                    alone = rows["father_alone" if chance.random() < 0.12 else "mother_alone"]
                    services.fact_tick(actor=teacher, passport=passport, child=child, row=alone, is_true=True)
    for code in ("full", "both_employed"):
        if is_new:
            services.rest_fill(actor=teacher, passport=passport, row=rows[code])


def _true(chance: random.Random, *, is_new: bool) -> list[str]:
    """Codes of rows that become true of a family now."""
    scale = 1.0 if is_new else 0.08
    found = []
    for _, others in ONE_OF if is_new else ():
        drawn, edge = chance.random(), 0.0
        for code, share in others:
            edge += share
            if drawn < edge:
                found.append(code)
                break
    return found + [code for code, share in BESIDES if chance.random() < share * scale]
