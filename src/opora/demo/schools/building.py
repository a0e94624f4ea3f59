"""All stories of the schools: the first lives fully, the second a little, the others have their classes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from opora.foundation.organisations.models import Organisation
from opora.school.programmes.flow import Status
from opora.school.programmes.services.bank import bank_fill

from ..names import Names
from ..stories import Story, at
from .brought import PAPERS, brought_story
from .consilium import concern_story, meeting_story
from .people import School, school_year, staff
from .plans import Plan, meetings_of, plans_of
from .programmes import programme_story
from .pupils import Roll, grade_of, school_years
from .service.building import service_stories
from .service.small import small_story
from .today import concern_states, meetings_of_today, screening_story

SEED = 1993
PRIMARY = 4  # the last grade of primary school
# Where the programmes of the first school stand; a continued one gives a new draft besides.
STANDS = (
    *(Status.RUNNING,) * 22, *(Status.FINISHED,) * 9, *(Status.DRAFT,) * 9, *(Status.FAMILY,) * 6,
    *(Status.AGREED,) * 5, *(Status.CONTINUED,) * 3, *(Status.CANCELLED,) * 3,
)  # fmt: skip
FEW = (Status.RUNNING, Status.RUNNING, Status.DRAFT, Status.FINISHED)
BESIDE = 14  # pupils of a school who have no programme: concerns, meetings, conclusions


@dataclass(frozen=True)
class Size:
    """`classes` are those of the year before; `pupils` in each."""

    classes: tuple[str, ...]
    pupils: int
    stands: tuple[Status, ...] = ()
    busy: float = 0  # how full the log of the support service is; without one it has lived two weeks, not two years


SIZES = (
    Size(("1 «А»", "2 «А»", "3 «А»", "5 «А»", "6 «А»", "7 «А»"), 13, STANDS, busy=1),
    Size(("1 «А»", "3 «Б»", "5 «А»"), 8, FEW),
    Size(("4 «А»",), 6),
    Size(("Старшая группа",), 6),
)


def school_stories(
    schools: list[Organisation], commissions: list[Organisation], today: date, *, sizes: tuple[Size, ...] = SIZES
) -> list[Story]:
    """Hire the people of the schools at once, and tell the rest as stories."""
    chance = random.Random(SEED)  # noqa: S311 - made-up people, not secrets
    names = Names(chance, SEED)
    found: list[Story] = []
    for number, (organisation, size) in enumerate(zip(schools, sizes, strict=True), start=1):
        here = staff(organisation, number, names, teachers=len(size.classes))
        found += _stories_of(here, size, names, chance, commissions[number % len(commissions)], today)
        if not size.busy:
            found.append(small_story(here, today))
    return found


def _stories_of(
    here: School, size: Size, names: Names, chance: random.Random, commission: Organisation, today: date
) -> Iterator[Story]:
    roll = Roll([])
    yield school_years(here, names, chance, today, size.classes, size.pupils, roll)
    if not size.stands:
        return
    yield _bank(here, today)
    yield screening_story(here, chance, today)
    # The last two of each class have not consented: they get no programme by an examination.
    consented = [
        place for place in range(len(size.classes) * size.pupils) if place % size.pupils < size.pupils - 2
    ]  # fmt: skip
    chance.shuffle(consented)
    supported = consented[: len(size.stands)]
    beside = consented[len(size.stands) :] + [
        place for place in range(len(size.classes) * size.pupils) if place not in consented
    ]  # fmt: skip
    plans = plans_of(roll, supported, size.stands, chance, today)
    oldest = max(supported)  # a pupil of the last class
    for plan in plans:
        plan.at_risk = plan.place == oldest and plan.stop == Status.RUNNING
    yield from _supported(here, plans, today)
    if len(beside) >= BESIDE:
        yield concern_states(here, roll, beside[:7], today)
        yield meetings_of_today(here, roll, beside[7:12], commission, today)
    # The papers recommend programmes of primary school: those who bring them are there this year.
    young = [place for place in supported if grade_of(size.classes[place // size.pupils]) + 1 <= PRIMARY]
    papers = PAPERS[: len(size.classes) + 1]
    for place, paper in zip(young, papers, strict=False):
        yield brought_story(here, roll, place, paper, commission, chance, today)
    if size.busy:
        yield from service_stories(here, roll, young[len(papers) :], commission, today, busy=size.busy)


def _supported(here: School, plans: list[Plan], today: date) -> Iterator[Story]:
    for meeting in meetings_of(plans, today):
        yield meeting_story(here, meeting)
    for number, plan in enumerate(plans):
        # A concern leads to most meetings; some families come by themselves.
        yield concern_story(here, plan) if number % 3 == 0 or plan.at_risk else _settled(plan)
        yield programme_story(here, plan, today)


def _settled(plan: Plan) -> Story:
    yield at(plan.meeting_on - timedelta(days=9), 9)
    plan.settle()


def _bank(here: School, today: date) -> Story:
    yield at(date(school_year(today) - 1, 9, 2), 9)
    bank_fill(actor=here.chair)
