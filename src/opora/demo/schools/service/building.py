"""All stories of the service of one school."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date

from opora.foundation.organisations.models import Organisation

from ...names import Names
from ...stories import Story
from ..people import School
from ..pupils import Roll
from .cards import CARDS, card_story
from .children import conclusions_story
from .contacts import CONTACTS, contact_story
from .groups import LAST_YEAR, THIS_YEAR, group_story
from .hours import hours_story
from .log import diagnostics_story, draft_story, log_story
from .materials import materials_story
from .passports import passports_story
from .people import SPECIALISTS, Service, service_of
from .plans import month_plans_story, week_plans_story, year_plans_story
from .schedules import schedules_story
from .year import analysis_story, notices_story, quality_story

SEED = 1074
PRIMARY, WHOLE = range(1, 5), range(1, 10)


def service_stories(
    here: School, roll: Roll, young: Sequence[int], commission: Organisation, today: date, *, busy: float
) -> Iterator[Story]:
    """Two years of a whole service; `young` are places of pupils whose families bring conclusions of ПМПК.

    `busy` makes the log thinner or denser.
    """
    chance = random.Random(SEED)  # noqa: S311 - made-up people, not secrets
    service = service_of(here, Names(chance, SEED), today, busy)
    yield hours_story(service)
    yield materials_story(service)
    yield conclusions_story(service, roll, young, commission, chance)
    yield from _plans(service)
    for year, wanted in ((service.year - 1, LAST_YEAR), (service.year, THIS_YEAR)):
        for each in wanted:
            yield group_story(service, each, year)
    for login in SPECIALISTS:
        yield schedules_story(service, login)
        yield log_story(service, login)
    yield diagnostics_story(service, "specialist", "ten_words", "внимание и память", WHOLE)
    yield diagnostics_story(service, "logoped", "speech", "звуки и словарь", PRIMARY)
    yield draft_story(service, "specialist")
    for place, kept in enumerate(CARDS):
        yield card_story(service, kept, place)
    yield passports_story(service)
    for place, asked in enumerate(CONTACTS):
        yield contact_story(service, asked, place)
    yield analysis_story(service)
    yield quality_story(service, chance)
    yield notices_story(service)


def _plans(service: Service) -> Iterator[Story]:
    yield year_plans_story(service)
    for login in SPECIALISTS:
        yield month_plans_story(service, login)
    yield week_plans_story(service, "specialist")
