"""Two houses alike, each a commission and a school, marks in every text of theirs, and everyone who may knock.

`MATRIX=full` tries every role of the product; the ordinary run those that open something and one that does not.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from django.db import models
from django.test import Client

from opora.foundation.access.actions import action
from opora.foundation.access.routes import Route
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import COMMISSION_ROLES, SCHOOL_ROLES, Role, Speciality
from opora.people.children.models import Guardian
from tests import cast as people

from .canaries import Marks, owned_models, plant
from .house import CANARY, FOREIGN_CANARY, SPECIALIST, House, engage, found
from .targets import EXTRA, POSTED, TARGETS, by_action

__all__ = ["CANARY", "EVERY", "EXTRA", "FOREIGN_CANARY", "POSTED", "STRANGER", "Person", "World", "build"]

EVERY = "own, every role"
STRANGER = "own commission_specialist, other case"
STRANGERS = {
    "own class_teacher, other class": Role.CLASS_TEACHER,
    "own school_specialist, other case": Role.SCHOOL_SPECIALIST,
}
AT_SCHOOL = (Role.DIRECTOR, Role.CONSILIUM_CHAIR, Role.SCHOOL_SPECIALIST, Role.CLASS_TEACHER, Role.CURATOR)
FULL = os.environ.get("MATRIX") == "full"
OPENS_SOMETHING = (Role.REGISTRAR, Role.COMMISSION_HEAD, SPECIALIST, Role.OPERATOR, Role.PARENT, *AT_SCHOOL)
BUSY = (Role.REGISTRAR, Role.COMMISSION_HEAD, SPECIALIST, *sorted(SCHOOL_ROLES))
ONE_OF_EACH = frozenset({"own registrar", "own class_teacher"})  # who tries the doors of the other craft
NAMES = frozenset({"last_name", "first_name", "search_name", "word"})  # by these the stories find their children


@dataclass
class Person:
    """Who knocks: `own` works at the commission of the world, `label` names the column of the matrix.

    `knows` is false for the colleague who works with other children.
    """

    label: str
    own: bool
    user: User | None
    client: Client
    roles: frozenset[Role] = frozenset()
    sworn: bool = True
    knows: bool = True


@dataclass
class World:
    """`foreign_marks` stand in every text of the other commission, `own_marks` in those about the own children."""

    house: House
    foreign: House
    persons: list[Person] = field(default_factory=list)
    foreign_marks: Marks = field(default_factory=lambda: Marks("Зжщ", "zhsch"))
    own_marks: Marks = field(default_factory=lambda: Marks("Йфщ", "yfsch"))

    def target(self, name: str, model: type[models.Model], code: str, house: House | None = None) -> models.Model:
        """The row of a house on which a route is tried: one in a state that lets the deed be done."""
        return TARGETS.get(name, by_action)(house or self.house, model, code)

    def knocking(self, declared: Route) -> list[Person]:
        """Who tries a route: in the ordinary run one of those whose whole craft has no business there."""
        roles = action(declared.action).roles if declared.action else frozenset(Role)
        idle = [craft for craft in (COMMISSION_ROLES, SCHOOL_ROLES) if not craft & roles]
        return [
            one
            for one in self.persons
            if FULL or one.label in ONE_OF_EACH or not any(one.roles and one.roles <= craft for craft in idle)
        ]

    def person(self, label: str) -> Person:
        return next(one for one in self.persons if one.label == label)


def build() -> World:
    """Two commissions, every role at each of them, sworn; the unsworn, the colleague, the idle, nobody."""
    school = people.organisation("school", "Школа № 7", works_here=False)
    house = found(people.organisation("territorial_commission", "ПМПК Заречного района"), "own-", CANARY, school)
    foreign = found(
        people.organisation("territorial_commission", "ПМПК Нагорного района"), "other-", FOREIGN_CANARY, school
    )
    world = World(house, foreign)
    for one, prefix in ((house, "own"), (foreign, "other")):
        world.persons += _staff(one, prefix, own=one is house)
    colleague = engage(house, "own-colleague", "Стороннев", (SPECIALIST, Speciality.SPEECH_THERAPIST))
    world.persons.append(column(STRANGER, True, colleague, frozenset({SPECIALIST}), knows=False))
    for label, role in STRANGERS.items():
        user = engage(house, f"own-other-{role}", "Стороннев", (role, Speciality.SPEECH_THERAPIST))
        world.persons.append(column(label, True, user, frozenset({role}), knows=False))
    both = COMMISSION_ROLES | SCHOOL_ROLES
    posts = [(role, Speciality.SPEECH_THERAPIST if role == SPECIALIST else "") for role in BUSY]
    busy = engage(house, "own-every", "Совместителев", *posts)
    world.persons.append(column(EVERY, True, busy, both))
    every = engage(foreign, "zakhar", "Захаров", *((role, "") for role in Role))
    world.persons.append(column("other, every role", False, every, frozenset(Role)))
    idle = User.objects.create(username="idle", last_name="Бездолжностный")
    world.persons.append(column("no post", False, idle, frozenset()))
    world.persons.append(Person("nobody", False, None, new_client()))
    _plant(world)
    return world


def _staff(house: House, prefix: str, *, own: bool) -> list[Person]:
    members = {Role.REGISTRAR: house.anna, Role.COMMISSION_HEAD: house.boris, SPECIALIST: house.vera, **house.school}
    roles = tuple(Role) if FULL else OPENS_SOMETHING if own else (SPECIALIST,)
    columns = []
    for role in roles:
        user = members.get(role) or engage(house, f"{prefix}-{role}", "Коллегин", (role, ""))
        columns.append(column(f"{prefix} {role}", own, user, frozenset({role})))
    unsworn = engage(house, f"{prefix}-unsworn", "Новиков", (SPECIALIST, Speciality.PSYCHOLOGIST), sworn=False)
    if own or FULL:
        columns.append(column(f"{prefix} unsworn", own, unsworn, frozenset({SPECIALIST}), sworn=False))
    return columns


def _plant(world: World) -> None:
    """All rows of the other commission and its people; of the own one the rows about children."""
    place, other = world.house.place, world.foreign.place
    owned = owned_models()
    plant(world.foreign_marks, {model: model._default_manager.filter(organisation=other) for model in owned})
    staff = User.objects.filter(positions__organisation=other).distinct()
    plant(world.foreign_marks, {User: staff}, but=frozenset({"username", "password", "email"}))
    personal = [model for model in owned if getattr(model, "person_path", "") or model is Guardian]
    own = {model: model._default_manager.filter(organisation=place) for model in personal}
    plant(world.own_marks, own, but=NAMES | {"content", "answers"})


def new_client() -> Client:
    client = Client()
    client.raise_request_exception = False
    return client


def column(
    label: str, own: bool, user: User, roles: frozenset[Role], *, sworn: bool = True, knows: bool = True
) -> Person:
    client = new_client()
    client.force_login(user)
    people.prove(client, user)
    client.get("/help/keys/")  # the session notes when it began
    return Person(label, own, user, client, roles, sworn, knows)
