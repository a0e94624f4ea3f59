"""A large school of the benchmark: its people, classes, pupils and running programmes, written in bulk."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from django.db import transaction
from django.utils import timezone

from opora.demo.names import Names
from opora.foundation.access.actors import actor_of
from opora.foundation.access.models import Position, Undertaking
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.services import snapshot_freeze
from opora.school.programmes.models import (
    Activity,
    Criterion,
    Goal,
    Mark,
    Observation,
    Programme,
    ProgrammeSection,
    Task,
)
from opora.school.programmes.writing import programme_content
from opora.school.pupils.models import Placement, SchoolClass
from opora.school.signals.roll import Pupil, roll

from .batch import Batch
from .data import _careless, _settle
from .families import Home, build_families
from .ids import fast_id
from .staff import HIRED, Staff

SEED = 20261122
ORDER = (Programme, ProgrammeSection, Goal, Task, Activity, Criterion, Mark, Observation)
CURATORS, SPECIALISTS, ACTIVITIES, SIGNED = 25, 40, 20, 40
TEXT = "Часто остаётся один, отказывается отвечать у доски, после ответа долго успокаивается. " * 3
SECTIONS = (
    "problems", "characteristic", "diagnostics", "resources_inner", "resources_outer", "expected_results",
)  # fmt: skip
AUDIENCES = ("pupil", "parents", "staff")
DEEDS = ("Занятия по снижению тревоги", "Встречи с родителями", "Разбор на педагогическом совете")


@dataclass
class School:
    """What the deeds need."""

    organisation: Organisation
    chair: User
    curator: User
    specialist: User
    programmes: list[Programme]
    signed: list[Programme]
    roll: list[Pupil]
    written: Counter[str]
    seed: int = SEED


class Posts:
    """Who works at the school."""

    def __init__(self, at: Organisation, names: Names, chance: random.Random) -> None:
        self.at, self.names, self.chance = at, names, chance
        self.chair = hire(at, names, "chair", Role.CONSILIUM_CHAIR)
        self.director = hire(at, names, "director", Role.DIRECTOR)
        self.curators = [hire(at, names, f"curator{one}", Role.CURATOR) for one in range(CURATORS)]
        self.specialists = [
            hire(at, names, f"specialist{one}", Role.SCHOOL_SPECIALIST, Speciality.PSYCHOLOGIST)
            for one in range(SPECIALISTS)
        ]


def hire(at: Organisation, names: Names, login: str, role: Role, speciality: str = "") -> Position:
    last, first, middle = names.adult(woman=True)
    user = User(username=login, last_name=last, first_name=first, middle_name=middle)
    user.set_unusable_password()
    user.save()
    Undertaking.objects.create(organisation=at, user=user, signed_on=HIRED)
    return Position.objects.create(organisation=at, user=user, role=role, speciality=speciality, started_on=HIRED)


def build_school(pupils: int, programmes: int) -> School:
    """Fill an empty database with one school."""
    chance, today = random.Random(SEED), timezone.localdate()
    names = Names(chance, SEED)
    with _careless(), transaction.atomic():
        at = Organisation.objects.create(
            kind="school", short_name="Школа № 7", full_name="Государственное учреждение «Школа № 7»", works_here=True,
            requires_second_factor=False,
        )  # fmt: skip
        posts = Posts(at, names, chance)
        staff = Staff(at, [at], [], posts.chair.user, posts.chair.user, {}, {})
        homes = build_families(staff, names, chance, pupils, today)
        batch = Batch(ORDER)
        place(at, homes, today)
        plans = Plans(posts, chance, today, batch)
        made = [plans.programme(homes[number], number) for number in range(programmes)]
        batch.flush()
        signed = _signed(posts, made[:SIGNED], today)
    _settle()
    lead = actor_of(posts.chair.user, on=today)
    return School(
        at, posts.chair.user, posts.curators[0].user, posts.specialists[0].user, made, signed, roll(lead),
        batch.written + Counter(Child=len(homes)),
    )  # fmt: skip


def place(at: Organisation, homes: list[Home], today: date) -> list[SchoolClass]:
    """Thirty in a class."""
    year = today.year if today.month > 8 else today.year - 1
    titles = [f"{grade} «{letter}»" for grade, letter in product(range(1, 12), "АБВГДЕЖЗИКЛМНОП")]
    rooms = [
        SchoolClass.objects.create(organisation=at, title=title, year=year, level="primary")
        for title in titles[: len(homes) // 30 + 1]
    ]
    batch = Batch((Placement,))
    for number, home in enumerate(homes):
        room = rooms[number % len(rooms)]
        batch.add(
            Placement(
                organisation=at, public_id=fast_id(), child=home.child, school_class=room,
                started_on=date(year, 9, 1),
            )
        )  # fmt: skip
    batch.flush()
    return rooms


class Plans:
    """Running programmes of all ages: begun yesterday, in the middle, at their end."""

    def __init__(self, posts: Posts, chance: random.Random, today: date, batch: Batch) -> None:
        self.posts, self.chance, self.today, self.batch = posts, chance, today, batch
        self.at = posts.at

    def programme(self, home: Home, number: int) -> Programme:
        begun = self.today - timedelta(days=self.chance.randint(1, 170))
        ends = begun + timedelta(days=180)
        own = {"organisation": self.at}
        programme = Programme(
            **own, public_id=fast_id(), child=home.child, status="running", status_since=begun, number=number + 1,
            year=begun.year, starts_on=begun, ends_on=ends, approved_on=begun, approved_by=self.posts.director,
            curator=self.posts.curators[number % CURATORS], named_by=self.posts.chair,
        )  # fmt: skip
        self.batch.add(programme)
        for code in SECTIONS:
            self.batch.add(
                ProgrammeSection(**own, public_id=fast_id(), programme=programme, code=code, text=TEXT, version=1)
            )
        goal = Goal(**own, public_id=fast_id(), programme=programme, title="Снизить тревогу на уроках")
        self.batch.add(goal)
        for order in range(1, 5):
            self._task(programme, goal, order)
        for order in range(1, 4):
            self._criterion(programme, order)
        return programme

    def _task(self, programme: Programme, goal: Goal, order: int) -> None:
        own = {"organisation": self.at, "programme": programme}
        task = Task(
            **own, public_id=fast_id(), goal=goal, order=order, direction="psychological",
            title="Научить просить о помощи и принимать её",
        )  # fmt: skip
        self.batch.add(task)
        for place in range(1, ACTIVITIES // 4 + 1):
            kind = self.chance.randrange(3)
            starts = programme.starts_on or self.today
            marked = self.chance.random() < 0.6
            on = min(self.today, starts + timedelta(days=self.chance.randint(1, 90)))
            activity = Activity(
                **own, public_id=fast_id(), task=task, order=place, audience=AUDIENCES[kind], title=DEEDS[kind],
                form="встреча", participants="обучающийся", responsible=self.chance.choice(self.posts.specialists),
                starts_on=starts, ends_on=starts + timedelta(days=self.chance.randint(20, 180)),
                frequency="раз в неделю", planned_result="Отвечает спокойнее, просит о помощи словами.",
                last_mark="under_way" if marked else "", last_mark_on=on if marked else None,
            )  # fmt: skip
            self.batch.add(activity)
            if marked:
                self.batch.add(
                    Mark(
                        organisation=self.at, public_id=fast_id(), activity=activity, on=on, state="under_way",
                        result="Пробует отвечать с места.", recommendation="Продолжать.",
                        marked_by=self.posts.chair.user,
                    )
                )  # fmt: skip

    def _criterion(self, programme: Programme, order: int) -> None:
        own = {"organisation": self.at, "programme": programme}
        one = Criterion(
            **own, public_id=fast_id(), order=order, title="Отвечает у доски", measure="наблюдение учителя",
            scale="five", starts_at=2, wanted=4,
        )  # fmt: skip
        self.batch.add(one)
        for months in range(4):
            on = (programme.starts_on or self.today) + timedelta(days=30 * months)
            if on <= self.today:
                self.batch.add(
                    Observation(
                        **own, public_id=fast_id(), criterion=one, on=on, value=2 + months * 0.5, words="Спокойнее.",
                        recorded_by=self.posts.chair.user,
                    )
                )  # fmt: skip


def _signed(posts: Posts, programmes: list[Programme], today: date) -> list[Programme]:
    """Some programmes with their frozen paper."""
    director = actor_of(posts.director.user, on=today)
    for one in programmes:
        content = dict(programme_content(director, one, today))
        one.snapshot = snapshot_freeze(
            actor=director, form="support_programme", subject=one, content=content, person_id=one.person_id
        )
        one.save(update_fields=["snapshot"])
    return programmes
