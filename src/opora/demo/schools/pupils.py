"""Classes of a school and the children in them, from the first of September of the year before."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from opora.people.children.models import Child
from opora.school.pupils.models import SchoolClass
from opora.school.pupils.services import (
    Brought,
    Next,
    class_add,
    examination_consents_record,
    pupils_bring,
    year_begin,
)

from ..names import BOYS, FATHERS, GIRLS, MOTHERS, Names
from ..stories import Story, at
from .people import School, school_year


@dataclass
class Roll:
    """The children of a school as its stories find them, in the order of their classes."""

    children: list[Child]


def school_years(
    here: School, names: Names, chance: random.Random, today: date, classes: tuple[str, ...], pupils: int, roll: Roll
) -> Story:
    """The classes are made and filled, the families consent, a year later everyone goes up."""
    year = school_year(today)
    begun = date(year - 1, 9, 1)
    yield at(begun, 8)
    rooms = []
    for number, title in enumerate(classes):
        post = here.teachers[number % len(here.teachers)]
        room = class_add(actor=here.chair, title=title, year=year - 1, teacher=post)
        roll.children += pupils_bring(
            actor=here.chair, school_class=room, on=begun,
            pupils=[_pupil(names, chance, grade_of(title), begun) for _ in range(pupils)],
        )  # fmt: skip
        rooms.append(room)
    yield at(begun + timedelta(days=6), 9)
    for number in range(len(rooms)):
        agreed = roll.children[number * pupils : (number + 1) * pupils]
        # Two families of each class have not answered yet.
        examination_consents_record(actor=here.chair, children=agreed[:-2], signed_on=begun + timedelta(days=6))
    yield at(date(year, 9, 1), 8)
    year_begin(actor=here.chair, year=year, plan={one.public_id: _next(one, here) for one in rooms})


def _next(room: SchoolClass, here: School) -> Next:
    grade = grade_of(room.title)
    title = f"{grade + 1} {room.title.split(' ')[1]}" if grade else room.title
    return Next(title, room.teacher or here.teachers[0])


def grade_of(title: str) -> int:
    """The grade of a class; 0 for a group of a kindergarten."""
    head = title.split(" ")[0]
    return int(head) if head.isdigit() else 0


def _pupil(names: Names, chance: random.Random, grade: int, on: date) -> Brought:
    boy = chance.random() < 0.5
    his, hers = names.surname_pair()
    father = chance.choice(FATHERS)
    born = on - timedelta(days=(grade + 6 if grade else 5) * 365 + chance.randint(10, 330))
    return Brought(
        last_name=his if boy else hers, first_name=chance.choice(BOYS if boy else GIRLS),
        middle_name=father[1 if boy else 2], birth_date=born, sex="male" if boy else "female",
        guardian_last_name=hers, guardian_first_name=chance.choice(MOTHERS),
        guardian_middle_name=names.patronymic(woman=True), guardian_phone=names.phone(), kinship="mother",
    )  # fmt: skip
