"""The daily log of two school years: lessons with attendance, consultations, diagnostics twice a year."""

from __future__ import annotations

import random
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import groupby

from django.utils import timezone

from opora.foundation.access.knowledge import remembering
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.pupils.models import ExaminationConsent, SchoolClass
from opora.school.support.groups.models import GroupMember, Lesson
from opora.school.support.plans.models import PlanItem
from opora.school.support.worklog import services
from opora.school.support.worklog.kinds import work_of
from opora.school.support.worklog.services import ChildWork, Work

from ...stories import Story, at
from ..texts import told
from .people import Service
from .words import ASKED, DEEDS, DIAGNOSED, NOTES, Deed

LATELY = timedelta(days=62)  # the log is dense for two months
OFTEN = {"specialist": 3.1, "logoped": 2.1, "defektolog": 1.8, "socped": 2.8}  # entries a day beside lessons
SELDOM = 0.66
FORGETS, FORGOTTEN_DAYS = "logoped", 6  # lessons of the last days that nobody has logged yet
BEGINS, LESSONS_BEGIN, BREAK = 8 * 60 + 40, 13 * 60 + 30, 10  # minutes of a day: the work beside lessons comes before
PRESENT, ILL = 0.87, 0.95
LEVELS = ((8, "low"), (11, "below"), (15, "middle"), (18, "above"))
MOST_VALUE = 20


def log_story(service: Service, login: str) -> Story:
    """Twice a week a specialist writes down what he has done since the last time."""
    chance = random.Random(f"{login}-{service.here.number}")  # noqa: S311 - made-up people, not secrets
    first = date(service.year - 1, 9, 7)
    yield at(first, 17, 30)
    days = service.days(first, service.today)
    silent = days[-FORGOTTEN_DAYS:] if login == FORGETS else []
    for written, group in groupby(days, key=_evening):
        some = list(group)
        yield at(min(written, service.today), 17, 30)
        held = _lessons(service, login, [day for day in some if day not in silent])
        counts = [(day, _count(service, login, day, chance)) for day in some]
        if not held and not any(count for _, count in counts):
            continue
        with remembering():
            for day, count in counts:
                for lesson in held.get(day, ()):
                    _lesson_logged(service, login, lesson, chance)
                _deeds_logged(service, login, day, count, chance)


def _evening(day: date) -> date:
    """Wednesday and Friday are the days of the log."""
    return day + timedelta(days=2 - day.weekday() if day.weekday() < 3 else max(0, 4 - day.weekday()))


def _count(service: Service, login: str, day: date, chance: random.Random) -> int:
    rate = service.busy * (OFTEN[login] if day >= service.today - LATELY else SELDOM)
    return int(rate) + (chance.random() < rate % 1)


def _lessons(service: Service, login: str, days: list[date]) -> dict[date, list[Lesson]]:
    rows = Lesson.objects.of(service.organisation).filter(
        group__leader=service.post(login), on__in=days, cancelled_on__isnull=True, entry__isnull=True
    )
    found: dict[date, list[Lesson]] = {}
    for lesson in rows.order_by("starts_at"):
        found.setdefault(lesson.on, []).append(lesson)
    return found


def _lesson_logged(service: Service, login: str, lesson: Lesson, chance: random.Random) -> None:
    members = GroupMember.objects.filter(group=lesson.group_id, joined_on__lte=lesson.on, left_on__isnull=True)
    works = [_attended(one.child, chance) for one in members.select_related("child").order_by("pk")]
    if works:
        services.lesson_log(actor=service.actor(login), lesson=lesson, children=works)


def _attended(child: Child, chance: random.Random) -> ChildWork:
    drawn = chance.random()
    if drawn >= PRESENT:
        return ChildWork(child.public_id, attendance="ill" if drawn < ILL else "absent")
    dynamics = chance.choices(("", "up", "same", "down"), (5, 4, 3, 0.4))[0]
    note = told(chance.choice(NOTES), boy=child.sex == "male") if chance.random() < 0.2 else ""
    return ChildWork(child.public_id, dynamics=dynamics, note=note)


def _deeds_logged(service: Service, login: str, day: date, count: int, chance: random.Random) -> None:
    """What was done before the lessons, one piece of work after another."""
    deeds, minute = DEEDS[login], BEGINS
    for deed in chance.choices(deeds, [one.weight for one in deeds], k=count):
        if minute + deed.minutes > LESSONS_BEGIN:
            break
        work = _work(service, login, day, time(minute // 60, minute % 60), deed, chance)
        services.entry_record(actor=service.actor(login), on=day, work=work)
        minute += deed.minutes + BREAK


def _work(service: Service, login: str, day: date, starts_at: time, deed: Deed, chance: random.Random) -> Work:
    item = _planned(service, login, day, work_of(deed.kind, deed.audience).direction, chance)
    return Work(
        kind=deed.kind, audience=deed.audience, topic=deed.topic, minutes=deed.minutes, starts_at=starts_at,
        content=deed.content, outcome=deed.outcome, people=chance.randint(*deed.people) if deed.people[1] else None,
        material=service.materials.get(deed.method), plan_item=item, children=_asked(service, login, deed, chance),
    )  # fmt: skip


def _asked(service: Service, login: str, deed: Deed, chance: random.Random) -> list[ChildWork]:
    """The child of an individual lesson or of a talk: one of a group as a rule, else anybody of a class."""
    if deed.kind not in ("individual", "consultation") or (deed.audience != "pupil" and chance.random() < 0.5):
        return []
    led = GroupMember.objects.of(service.organisation).filter(group__leader=service.post(login), left_on__isnull=True)
    own = [one.child for one in led.select_related("child").order_by("pk")]
    if own and (deed.kind == "individual" or chance.random() < 0.4):
        child = chance.choice(own)
    else:
        child = chance.choice(service.pupils(chance.choice(service.rooms(_year_of(timezone.localdate())))))
    if deed.audience != "pupil":
        return [ChildWork(child.public_id)]
    note = chance.choice(NOTES if deed.kind == "individual" else ASKED) if chance.random() < 0.5 else ""
    dynamics = chance.choice(("", "up", "same")) if deed.kind == "individual" else ""
    return [ChildWork(child.public_id, note=told(note, boy=child.sex == "male"), dynamics=dynamics)]


def _planned(service: Service, login: str, day: date, direction: str, chance: random.Random) -> PlanItem | None:
    """A line of the plan of the specialist's month, or of the year, that the work belongs to; some belongs to none."""
    if chance.random() < 0.15:
        return None
    post = service.post(login)
    rows = PlanItem.objects.of(service.organisation).filter(
        direction=direction, starts_on__lte=day, ends_on__gte=day, dropped_on__isnull=True
    )
    for horizon, own in (("month", {"plan__owner": post}), ("year", {"responsible": post})):
        found = rows.filter(plan__horizon=horizon, **own).order_by("pk")
        if found:
            return chance.choice(list(found))
    return None


def diagnostics_story(service: Service, login: str, method: str, topic: str, grades: range) -> Story:
    """In autumn and in spring; what a child shows grows a little from time to time."""
    chance = random.Random(f"{login}-diagnostics")  # noqa: S311 - made-up people, not secrets
    shown: dict[int, int] = {}
    for year, month, first, word in (
        (service.year - 1, 9, 15, "Стартовая"),
        (service.year, 4, 13, "Итоговая"),
        (service.year, 9, 14, "Стартовая"),
    ):
        day = date(year, month, first)
        if day >= service.today - timedelta(days=7):
            return
        yield at(day, 14)
        rooms = [one for one in service.rooms(_year_of(day)) if int(one.title.split(" ")[0]) in grades]
        for room, on in zip(rooms, service.days(day, service.today), strict=False):
            yield at(on, 14)
            _examined(service, login, method, f"{word} диагностика: {topic}", room, shown, chance)


def _examined(
    service: Service, login: str, method: str, topic: str, room: SchoolClass, shown: dict[int, int],
    chance: random.Random,
) -> None:  # fmt: skip
    day = timezone.localdate()
    consents = ExaminationConsent.objects.of(service.organisation)
    works = []
    for child in service.pupils(room):
        if consents.on(child, day) is None:
            continue
        before = shown.get(child.pk)
        value = chance.randint(6, 16) if before is None else min(before + chance.randint(0, 3), MOST_VALUE)
        shown[child.pk] = value
        level = next((level for most, level in LEVELS if value <= most), "high")
        works.append(ChildWork(child.public_id, value=Decimal(value), level=level, note=DIAGNOSED[level]))
    if works:
        work = Work(
            kind="diagnostics", audience="pupil", topic=topic, minutes=80, children=works,
            material=service.materials.get(method), plan_item=_planned(service, login, day, "diagnostics", chance),
        )  # fmt: skip
        with remembering():
            services.entry_record(actor=service.actor(login), on=day, work=work)


def draft_story(service: Service, login: str) -> Story:
    """A line that was begun on the last school day and not finished."""
    yield at(service.today, 0, 2)
    day = (service.days(service.today - timedelta(days=20), service.today) or [service.today])[-1]
    _draft(service.actor(login), day)


def _draft(actor: Actor, day: date) -> None:
    work = Work(
        kind="consultation", audience="parent", topic="Режим дня и уроки", minutes=30, content="Мама пришла сама;"
    )
    services.draft_keep(actor=actor, on=day, work=work)


def _year_of(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1
