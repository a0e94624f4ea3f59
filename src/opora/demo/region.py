"""Builds the demonstration: two years of three commissions, day by day, through the services people use."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import count

from django.db import transaction
from django.utils import timezone

from opora.commission.cases.flow import Status
from opora.commission.editions.laws import one_reading
from opora.commission.intake.models import DayTemplate, Slot
from opora.commission.intake.services.reception import day_hours
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import beyond_walls
from opora.regulations.calendar import is_working_day

from .clock import moment
from .emergencies import emergencies_of
from .endings import endings_of
from .families import Families
from .names import Names
from .profiles import PROFILES, Profile
from .requests import requests_of
from .schools.building import SIZES, Size, school_stories
from .stories import CaseStory, Story, at, day_ends
from .world import Commission, Region, build_region

Tell = Callable[[float], None]
SEED = 2016
CHILDREN = 150
CASES = 200
WEEKS_BACK = 104
WEEKS_AHEAD = 4
UNCERTIFIED_DAYS = 21
EVENING = 18  # the hour at which a region that is built for another day stands
# Where the open cases stand today, for each commission in turn; the rest is finished.
OPEN_NOW = (
    *(Status.OPENED,) * 5, *(Status.PAPERS,) * 7, *(Status.READY,) * 5, *(Status.BOOKED,) * 10,
    *(Status.EXAMINATION,) * 4, *(Status.DISCUSSION,) * 5, *(Status.SIGNED,) * 7,
    *(Status.REFUSED,) * 4, *(Status.WITHDRAWN,) * 4,
)  # fmt: skip
DAYS_AGO = {
    Status.OPENED: (0, 6), Status.PAPERS: (3, 40), Status.READY: (3, 12), Status.BOOKED: (3, 20),
    Status.EXAMINATION: (12, 25), Status.DISCUSSION: (14, 30), Status.SIGNED: (14, 40),
    Status.REFUSED: (40, 500), Status.WITHDRAWN: (30, 500), Status.HANDED: (60, 720),
}  # fmt: skip


def is_built() -> bool:
    return Organisation.objects.filter(works_here=True).exists()


@beyond_walls()
@one_reading()
@transaction.atomic
def build(
    today: date | None = None,
    *,
    children: int = CHILDREN,
    cases: int = CASES,
    open_now: tuple[Status, ...] = OPEN_NOW,
    sizes: tuple[Size, ...] = SIZES,
    tell: Tell = lambda done: None,
) -> None:
    """Fill an empty database, several organisations at once, as it stands now or in the evening of the day `today`.

    The seed is fixed: the same day gives the same region. Of the children so many have an open case as `open_now`
    says; `sizes` are those of the schools. `tell` is called with the part that is done, from 0 to 1.
    """
    now = timezone.now() if today is None else at(today, EVENING)
    today = timezone.localdate(now)
    chance = random.Random(SEED)  # noqa: S311 - made-up people, not secrets
    names = Names(chance, SEED)
    region = build_region(names, chance)
    for here in region.commissions:
        _slots(here, today)
    stories = [*_cases(region, names, chance, today, children, cases, open_now)]
    for here in region.commissions:
        for back in range(WEEKS_BACK * 7):
            day = today - timedelta(days=back)
            if Slot.objects.of(here.organisation).filter(day=day).exists():
                stories.append(day_ends(here, day, certify=back > UNCERTIFIED_DAYS))
        stories += requests_of(here, today)
    stories += endings_of(region.commissions[0], today)
    stories += emergencies_of(region.commissions[0], today)
    stories += school_stories(region.schools, [one.organisation for one in region.commissions], today, sizes=sizes)
    live(stories, now, tell)


def live(stories: list[Story], now: datetime, tell: Tell) -> None:
    """Let all stories happen in the order of time; what would come after now happens now."""
    order = count()
    queue: list[tuple[datetime, int, Story]] = []

    def wait(story: Story, earliest: datetime | None) -> None:
        following = next(story, None)
        if following is not None:
            following = max(following, earliest) if earliest else following
            heapq.heappush(queue, (following, next(order), story))

    for story in stories:
        wait(story, None)
    begun = queue[0][0]
    while queue:
        when, _, story = heapq.heappop(queue)
        tell(min(1.0, (when - begun) / (now - begun)))
        with moment(min(when, now)):
            wait(story, when)


def _slots(here: Commission, today: date) -> None:
    """Slots of two years and of the coming weeks; today is a day of reception everywhere, whatever weekday it is."""
    template = DayTemplate.objects.get(organisation=here.organisation)
    hours = day_hours(template)
    first = today - timedelta(weeks=WEEKS_BACK)
    days = [first + timedelta(days=step) for step in range((WEEKS_BACK + WEEKS_AHEAD) * 7)]
    chosen = [one for one in days if one == today or (one.weekday() in here.weekdays and is_working_day(one))]
    Slot.objects.bulk_create(
        Slot(organisation=here.organisation, place=here.place, day=day, starts=starts, ends=ends)
        for day in chosen
        for starts, ends in hours
    )


def _cases(
    region: Region, names: Names, chance: random.Random, today: date, children: int, cases: int,
    open_now: tuple[Status, ...],
) -> Iterator[Story]:  # fmt: skip
    """Children come with their first case; the rest of the cases are repeat ones of those examined long ago."""
    families = Families(names, chance, region.schools)
    weights = [profile.weight for profile in PROFILES]
    plan = [*open_now, *(Status.HANDED,) * (children - len(open_now))][:children]
    finished: list[Story] = []
    for number, stop in enumerate(plan):
        here = region.commissions[number % len(region.commissions)]
        profile = chance.choices(PROFILES, weights)[0]
        low, high = DAYS_AGO[stop]
        again = stop == Status.HANDED and len(finished) < cases - children
        ago = chance.randint(400, high) if again else chance.randint(low, high)
        opened = at(_workday(today - timedelta(days=ago)), chance.randint(9, 15), chance.randint(0, 59))
        story = _life(families, here, profile, chance, stop, opened, today, region, again=again)
        if again:
            finished.append(story)
        yield story


def _life(
    families: Families,
    here: Commission,
    profile: Profile,
    chance: random.Random,
    stop: Status,
    opened: datetime,
    today: date,
    region: Region,
    *,
    again: bool,
) -> Story:
    """A child is registered, lives through the first case and, if `again`, through a repeat one within a year."""
    school = chance.choice(region.schools)
    yield opened - timedelta(minutes=20)
    actor = here.actor(here.registrar)
    child = families.child(actor, profile, timezone.localdate(), sibling=chance.random() < 0.08)
    day = today if stop == Status.EXAMINATION else opened.date() + timedelta(days=chance.randint(4, 12))
    if stop == Status.BOOKED:
        day = today if chance.random() < 0.4 else today + timedelta(days=chance.randint(1, 10))
    yield from CaseStory(here, child, profile, chance, stop, school).run(opened, day)
    if again:
        second = at(_workday(opened.date() + timedelta(days=chance.randint(300, 360))), chance.randint(9, 15))
        story = CaseStory(here, child, profile, chance, Status.HANDED, school)
        yield from story.run(second, second.date() + timedelta(days=5))


def _workday(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
