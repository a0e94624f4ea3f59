"""Schools that have only begun: settings, one group, a week of the log."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

from django.utils import timezone

from opora.school.support.groups.conflicts import Wanted
from opora.school.support.groups.grounds import typed_offer
from opora.school.support.groups.services import group_start, lessons_plan, member_join
from opora.school.support.schoolyear import services as schoolyear
from opora.school.support.worklog.services import Work, entry_record, lesson_log

from ...stories import Story, at
from ..people import School
from .hours import settings_made
from .people import Service
from .words import DEEDS

LOGIN = "specialist"
TITLE = "Учимся общаться"
GROUNDS = ("ИПРА № 31.1, бюро МСЭ, август", "ИПРА № 77.4, бюро МСЭ, май")
BACK = timedelta(days=12)


def small_story(here: School, today: date) -> Story:
    """Two weeks of a psychologist: a group of two children and a few talks with adults."""
    service = Service(here, today)
    # In summer these are the last weeks of May; in the first days of September there is not a week behind yet.
    today = min(today, date(service.year + 1, 5, 22))
    begun = max(today - BACK, date(service.year, 9, 1))
    yield at(begun, 9, 30)
    settings_made(here)
    for year in (service.year - 1, service.year):
        schoolyear.vacations_add(actor=service.head, year=year)
    actor, post = service.actor(LOGIN), service.post(LOGIN)
    ends_on = date(service.year + 1, 5, 22)
    group = group_start(
        actor=actor, leader=post, starts_on=begun, ends_on=max(ends_on, begun), title=TITLE, hours=Decimal(20), limit=6
    )  # fmt: skip
    pupils = [child for room in service.rooms(service.year) for child in service.pupils(room)]
    for child, ground in zip(pupils, GROUNDS, strict=False):
        member_join(actor=service.head, group=group, child=child, offer=typed_offer(ground), joined_on=begun)
    days = service.days(begun, today)
    if not days:
        return
    lessons = lessons_plan(actor=actor, group=group, wanted=[Wanted(one, time(14), 30) for one in days[:8:2]])
    for number, day in enumerate(days):
        yield at(day, 17)
        for lesson in lessons:
            if lesson.on == day:
                lesson_log(actor=actor, lesson=lesson)
        deed = [one for one in DEEDS[LOGIN] if one.audience in ("parent", "teacher")][number % 4]
        work = Work(
            kind=deed.kind, audience=deed.audience, topic=deed.topic, minutes=deed.minutes, starts_at=time(10),
            outcome=deed.outcome, people=deed.people[0] or None,
        )  # fmt: skip
        entry_record(actor=actor, on=timezone.localdate(), work=work)
