"""Schedules of the specialists for each half-year, and the lessons that grow out of them."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.school.support.groups.models import Group
from opora.school.support.groups.services import lesson_cancel
from opora.school.support.schedules import services
from opora.school.support.schedules.models import WorkSchedule

from ...stories import Story, at
from .groups import LAST_YEAR, THIS_YEAR, Wanted
from .people import Service

LESSON = 40  # minutes
# Weekdays, from, until, kind: the rest of the day is lessons.
Stretch = tuple[tuple[int, ...], tuple[int, int], tuple[int, int], str]
EVERY = (1, 2, 3, 4, 5)
PATTERNS: dict[str, tuple[Stretch, ...]] = {
    "specialist": (
        (EVERY, (8, 30), (10, 0), "methods"), ((1, 3, 5), (10, 10), (12, 10), "diagnostics"),
        ((2, 4), (10, 10), (12, 10), "individual"), (EVERY, (12, 20), (13, 20), "consultation"),
        ((2, 4), (16, 0), (17, 30), "consultation"),
    ),
    "logoped": (((1, 2, 3, 4), (10, 20), (12, 20), "individual"), ((5,), (9, 0), (10, 30), "methods"),
                ((2, 4), (16, 0), (17, 0), "consultation")),
    "defektolog": (((1, 2, 4), (10, 20), (12, 20), "individual"), ((4,), (9, 0), (10, 0), "methods")),
    "socped": (
        (EVERY, (8, 30), (10, 0), "methods"), ((1, 3), (10, 20), (12, 20), "diagnostics"),
        ((2, 4, 5), (10, 20), (12, 20), "education"), (EVERY, (12, 30), (14, 0), "consultation"),
    ),
}  # fmt: skip
WHY_CANCELLED = ("карантин в классе", "специалист на курсах")


def schedules_story(service: Service, login: str) -> Story:
    """Last year's second half, this year's first; a change after new groups have come."""
    before, year = service.year - 1, service.year
    for wanted, term in (
        (LAST_YEAR, (date(before, 9, 14), date(before, 12, 30))),
        (LAST_YEAR, (date(before + 1, 1, 12), date(before + 1, 5, 22))),
        (THIS_YEAR, (date(year, 9, 14), date(year, 12, 30))),
        (THIS_YEAR, (date(year + 1, 1, 11), date(year + 1, 5, 21))),
    ):
        if term[0] >= service.today:
            return
        yield at(term[0], 9, 40)
        earlier = WorkSchedule.objects.of(service.organisation).filter(
            position=service.post(login), ends_on__lt=term[0], ends_on__gte=term[0] - timedelta(days=30)
        )  # fmt: skip
        schedule = _begun(service, login, term, earlier.first())
        _groups_set(service, login, schedule, wanted)
        _approved(service, login, schedule, term[0])
        _lessons(service, login, schedule)
        for later in (30, 65):
            day = term[0] + timedelta(days=later)
            if day >= service.today:
                return
            yield at(day, 9, 40)
            if _missing(service, login, schedule, wanted):
                services.schedule_change(
                    actor=service.actor(login), schedule=schedule, reason="Открыты новые группы и курсы занятий."
                )  # fmt: skip
                _groups_set(service, login, schedule, wanted)
                _approved(service, login, schedule, day)
                _lessons(service, login, schedule)


def _begun(
    service: Service, login: str, term: tuple[date, date], earlier: WorkSchedule | None
) -> WorkSchedule:  # fmt: skip
    """A second half-year begins as a copy of the first."""
    actor = service.actor(login)
    schedule = services.schedule_start(
        actor=actor, position=service.post(login), period="half_year", starts_on=term[0], ends_on=term[1]
    )  # fmt: skip
    if earlier is not None:
        services.slots_copy(actor=actor, schedule=schedule, source=earlier)
    for weekdays, since, until, kind in () if earlier else PATTERNS[login]:
        for weekday in weekdays:
            services.slot_add(
                actor=actor, schedule=schedule, weekday=weekday, starts_at=time(*since), ends_at=time(*until),
                kind=kind, cabinet=service.cabinets[login],
            )  # fmt: skip
    return schedule


def _missing(service: Service, login: str, schedule: WorkSchedule, wanted: tuple[Wanted, ...]) -> list[Wanted]:
    """Groups of the specialist that exist and have no time in the schedule yet."""
    titles = [one.title for one in wanted if one.login == login]
    rows = Group.objects.of(service.organisation).filter(
        leader=service.post(login), title__in=titles, closed_on__isnull=True, starts_on__lte=timezone.localdate()
    )
    known = set(rows.exclude(slots__schedule=schedule).values_list("title", flat=True))
    return [one for one in wanted if one.login == login and one.title in known]


def _groups_set(service: Service, login: str, schedule: WorkSchedule, wanted: tuple[Wanted, ...]) -> None:
    actor = service.actor(login)
    for one in _missing(service, login, schedule, wanted):
        group = Group.objects.get(
            organisation=service.organisation, leader=service.post(login), title=one.title, closed_on__isnull=True
        )  # fmt: skip
        hour, minute = one.hour
        end = hour * 60 + minute + LESSON
        for weekday in one.weekdays:
            services.slot_add(
                actor=actor, schedule=schedule, weekday=weekday, starts_at=time(hour, minute),
                ends_at=time(end // 60, end % 60), kind=group.kind, group=group, cabinet=service.cabinets[login],
                confirmed=True,
            )  # fmt: skip


def _approved(service: Service, login: str, schedule: WorkSchedule, day: date) -> None:
    services.schedule_submit(actor=service.actor(login), schedule=schedule)
    services.schedule_examine(actor=service.head, schedule=schedule)
    services.schedule_approve(actor=service.director, schedule=schedule, on=day)


def _lessons(service: Service, login: str, schedule: WorkSchedule) -> None:
    """All lessons of the term; one in thirty will not be held, and says why."""
    if not schedule.slots.filter(group__isnull=False).exists():
        return
    actor, today = service.actor(login), timezone.localdate()
    try:
        services.lessons_make(actor=actor, schedule=schedule, since=today)
    except Refusal as refusal:
        if refusal.code != "nothing":  # the programme of a group may be over
            raise
    ahead = [
        one for group in Group.objects.filter(slots__schedule=schedule).distinct()
        for one in group.lessons.filter(on__gt=today, cancelled_on__isnull=True).order_by("on", "starts_at")
    ]  # fmt: skip
    for number, lesson in enumerate(ahead[11::30]):
        lesson_cancel(actor=actor, lesson=lesson, reason=WHY_CANCELLED[number % 2], on=today)
