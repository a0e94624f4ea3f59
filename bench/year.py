"""A school year of a support service: 1,500 pupils, twelve specialists, sixty thousand entries of the log, in bulk."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TypeVar

from django.db import models, transaction
from django.utils import timezone

from opora.demo.names import Names
from opora.foundation.access.actors import actor_of
from opora.foundation.access.models import Position
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.regulations.calendar import is_working_day
from opora.school.duties.models import BroughtConclusion, SchoolDuty
from opora.school.pupils.models import SchoolClass
from opora.school.support.analysis.models import YearAnalysis
from opora.school.support.analysis.services import analysis_begin
from opora.school.support.cards.models import SupportCard
from opora.school.support.groups.models import Group, GroupMember, Lesson
from opora.school.support.materials.models import Material
from opora.school.support.passports.models import SocialPassport
from opora.school.support.passports.services import school_passport_begin
from opora.school.support.plans.models import PlanItem, WorkPlan
from opora.school.support.schedules.models import WorkSchedule
from opora.school.support.worklog.models import EntryChild, WorkEntry

from .batch import Batch
from .data import _careless, _settle
from .families import Home, build_families
from .ids import fast_id
from .papers import Papers
from .pupils import hire, place
from .staff import Staff

Row = TypeVar("Row", bound=models.Model)
SEED = 20261123
ORDER = (
    Material, WorkPlan, PlanItem, BroughtConclusion, SchoolDuty, Group, GroupMember, Lesson, WorkEntry, EntryChild,
)  # fmt: skip
TEAM = (
    (Speciality.PSYCHOLOGIST, 4), (Speciality.SPEECH_THERAPIST, 3), (Speciality.DEFECTOLOGIST, 3),
    (Speciality.SOCIAL_PEDAGOGUE, 2),
)  # fmt: skip
GROUPS_OF_ONE, CHILDREN_OF_GROUP = 8, 6
KINDS = ("individual", "group", "consultation", "diagnostics", "education", "methods")
OFTEN = (35, 20, 20, 10, 5, 10)
DIRECTIONS = {
    "individual": "correction", "group": "correction", "consultation": "education", "diagnostics": "diagnostics",
    "education": "education", "methods": "methods",
}  # fmt: skip
SEEN = "Включается в работу после показа, к концу занятия устаёт; помощь принимает, переносит на похожее задание. "


@dataclass
class Year:
    """What the deeds need."""

    organisation: Organisation
    head: User
    director: User
    teacher: User
    specialist: User
    classes: list[SchoolClass]
    groups: list[Group]
    passport: SocialPassport
    class_passport: SocialPassport
    analysis: YearAnalysis
    plan: WorkPlan
    month: WorkPlan
    schedule: WorkSchedule
    card: SupportCard
    written: Counter[str] = field(default_factory=Counter)
    seed: int = SEED


def year_began(today: date) -> date:
    return date(today.year if today.month > 8 else today.year - 1, 9, 1)


def build_year(pupils: int, entries: int) -> Year:
    """Fill an empty database with one school, a year of its service with so many entries, and the present one."""
    chance, today = random.Random(SEED), timezone.localdate()
    names = Names(chance, SEED)
    with _careless(), transaction.atomic():
        at = Organisation.objects.create(
            kind="school", short_name="Школа № 12", full_name="Государственное учреждение «Школа № 12»",
            works_here=True, requires_second_factor=False,
        )  # fmt: skip
        head = hire(at, names, "head", Role.SERVICE_HEAD)
        director = hire(at, names, "director", Role.DIRECTOR)
        teacher = hire(at, names, "teacher", Role.CLASS_TEACHER)
        team = [
            hire(at, names, f"{kind}{number}", Role.SCHOOL_SPECIALIST, kind)
            for kind, count in TEAM
            for number in range(count)
        ]
        homes = build_families(Staff(at, [at], [], head.user, head.user, {}, {}), names, chance, pupils, today)
        batch = Batch(ORDER)
        classes = place(at, homes, today)
        SchoolClass.objects.filter(pk=classes[0].pk).update(teacher=teacher)
        began = year_began(today)
        last = working_days(date(began.year - 1, 9, 1), date(began.year, 5, 31))
        present = working_days(began, today)
        work = Work(at, team, homes, last + present, chance, batch)
        groups = work.groups()
        work.entries(groups, last, entries)
        work.entries(groups, present, entries * len(present) // len(last))
        batch.flush()
        lead = actor_of(head.user, on=today)
        passport = school_passport_begin(actor=lead, on=today)  # on first use it makes the rows of the school
        beside = Papers(at, team, last + present, chance)
        plans, schedules = beside.plans(work.items), beside.schedules(groups)
        cards, passports = beside.cards(homes), beside.passports(homes, classes)
        beside.contacts(homes)
        beside.batch.flush()
        analysis = analysis_begin(actor=lead, year=began.year - 1, on=today)  # of the year that is over
    _settle()
    mine = team[0]
    return Year(
        at, head.user, director.user, teacher.user, mine.user, classes, groups, passport, passports[0], analysis,
        work.items[0].plan, next(one for one in plans if one.owner == mine),
        next(one for one in schedules if one.position == mine and one.period == "half_year"),
        next(one for one in cards if one.lead == mine and one.state == "open"),
        batch.written + beside.batch.written + Counter(Child=len(homes)),
    )  # fmt: skip


def working_days(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=one) for one in range((last - first).days + 1))
    return [day for day in days if is_working_day(day)]


class Work:
    """Groups with their lessons, and the log."""

    def __init__(
        self, at: Organisation, team: list[Position], homes: list[Home], days: list[date], chance: random.Random,
        batch: Batch,
    ) -> None:  # fmt: skip
        self.team, self.homes, self.days, self.chance, self.batch = team, homes, days, chance, batch
        self.at = at
        self.own = {"organisation": at}
        self.materials = [self._made(Material, kind="method", title=f"Методика {one}", status="in_use",
                                     direction="diagnostics") for one in range(60)]  # fmt: skip
        self.items = self._plan()

    def _made(self, model: type[Row], **values: object) -> Row:
        row = model(**self.own, public_id=fast_id(), **values)
        self.batch.add(row)
        return row

    def _plan(self) -> list[PlanItem]:
        plan = self._made(
            WorkPlan, horizon="year", starts_on=self.days[0], ends_on=self.days[-1] + timedelta(days=200),
            status="approved", number=1, number_year=self.days[0].year,
        )  # fmt: skip
        return [
            self._made(
                PlanItem, plan=plan, order=number + 1, direction=DIRECTIONS[KINDS[number % 6]],
                title=f"Мероприятие {number + 1}", starts_on=self.days[0], ends_on=self.days[-1],
                responsible=self.team[number % len(self.team)], approved_in=1,
            )
            for number in range(120)
        ]  # fmt: skip

    def groups(self) -> list[Group]:
        made = []
        for number in range(GROUPS_OF_ONE * len(self.team)):
            leader = self.team[number % len(self.team)]
            group = self._made(
                Group, title=f"Группа {number + 1}", leader=leader, limit=8, starts_on=self.days[0], hours=68,
                ends_on=self.days[-1] + timedelta(days=100),
            )  # fmt: skip
            first = number * CHILDREN_OF_GROUP % len(self.homes)
            for home in self.homes[first : first + CHILDREN_OF_GROUP]:
                self._member(group, leader, home)
            made.append(group)
        return made

    def _member(self, group: Group, leader: Position, home: Home) -> None:
        day = self.days[0]
        brought = self._made(
            BroughtConclusion, child=home.child, guardian=home.mother, number=str(home.child.pk or 0), signed_on=day,
            brought_on=day, has_limitations=True, recorded_by=leader.user, commission_title="ПМПК",
        )  # fmt: skip
        duty = self._made(
            SchoolDuty, brought=brought, kind="lessons", title="Занятия", speciality=leader.speciality, hours=2,
            due_on=day + timedelta(days=30), state="created", state_on=day, responsible=leader,
        )  # fmt: skip
        self._made(
            GroupMember, group=group, child=home.child, ground="commission", brought=brought, duty=duty, joined_on=day
        )

    def entries(self, groups: list[Group], days: list[date], count: int) -> None:
        """So many pieces of work, evenly over the days and the specialists."""
        of_leader: dict[Position, list[Group]] = {}
        for one in groups:
            of_leader.setdefault(one.leader, []).append(one)
        members: dict[str, list[Child]] = {}
        for row in self.batch.waiting[GroupMember]:
            assert isinstance(row, GroupMember)
            members.setdefault(row.group.public_id, []).append(row.child)
        turns: Counter[tuple[int, date]] = Counter()
        for number in range(count):
            leader = self.team[number % len(self.team)]
            day = days[number * len(days) // count]
            at = 8 * 60 + 25 * turns[leader.pk, day] % (12 * 60)
            turns[leader.pk, day] += 1
            kind = self.chance.choices(KINDS, OFTEN)[0]
            group = self.chance.choice(of_leader[leader]) if kind == "group" else None
            self._entry(leader, day, time(at // 60, at % 60), kind, group, members)

    def _entry(
        self, leader: Position, day: date, at: time, kind: str, group: Group | None, members: dict[str, list[Child]]
    ) -> None:
        lesson = self._made(Lesson, group=group, on=day, starts_at=at, minutes=25) if group else None
        entry = self._made(
            WorkEntry, position=leader, on=day, starts_at=at, minutes=25, kind=kind, direction=DIRECTIONS[kind],
            audience="pupil" if kind in ("individual", "group", "diagnostics") else "parent", topic="Развитие речи",
            people=20 if kind == "education" else None, lesson=lesson, plan_item=self.chance.choice(self.items),
            material=self.chance.choice(self.materials) if kind == "diagnostics" else None,
        )  # fmt: skip
        if kind in ("education", "methods"):
            return
        for child in members[group.public_id] if group else [self.chance.choice(self.homes).child]:
            self._made(
                EntryChild, entry=entry, child=child, note="" if group else SEEN,
                attendance=self.chance.choices(("present", "ill", "absent"), (88, 8, 4))[0],
                dynamics=self.chance.choice(("", "up", "same")),
                level="middle" if kind == "diagnostics" else "",
            )  # fmt: skip
