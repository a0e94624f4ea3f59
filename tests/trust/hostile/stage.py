"""Who sends the hostile input and where: two commissions, a person with every right for each address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.urls import Resolver404, resolve, reverse

from opora.commission.intake.journal import SERIES as BOOKINGS
from opora.commission.intake.journal import booking_line
from opora.commission.intake.models import Booking
from opora.foundation.access.actions import action
from opora.foundation.access.routes import Route
from opora.foundation.accounts.roles import COMMISSION_ROLES, Role, Speciality
from opora.foundation.identifiers import public_id
from opora.foundation.registers.services import entry_add
from tests import cast as people
from tests.permissions.house import CANARY, FOREIGN_CANARY, SPECIALIST, House, engage, found
from tests.permissions.savepoints import cell
from tests.permissions.targets import POSTED, TARGETS, by_action, keywords_of
from tests.permissions.world import Person, column
from tests.routes import patterns

from .reading import Field, Form, forms_of

EVERYONE = "everyone"


@dataclass
class Stage:
    """`forms` are all forms that the pages offer, by the name of the route they go to; `queries` those of GET."""

    house: House
    foreign: House
    persons: list[Person]
    forms: dict[str, Form] = field(default_factory=dict)
    queries: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    keepers: dict[str, Person] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    def keeper(self, name: str) -> Person:
        """Who may use the route."""
        return self.keepers[name]

    def address(self, name: str, key: str = "") -> str:
        """The address of a route on its row, or on another one."""
        if not key:
            return self.addresses[name]
        return reverse(name, kwargs={**keywords_of(name, routes()[name].pattern.converters), "public_id": key})

    def foreign_address(self, name: str) -> str:
        declared = route_of(name)
        assert declared is not None
        assert declared.model is not None
        return self.address(name, key_of(self.foreign, name, declared))


def routes() -> dict[str, Any]:
    return dict(patterns())


def route_of(name: str) -> Route | None:
    return getattr(routes()[name].callback, "route", None)


def key_of(house: House, name: str, declared: Route) -> str:
    """The row of the route; where the commission has none of its kind, the id of what never was."""
    try:
        return str(TARGETS.get(name, by_action)(house, declared.model, declared.action or "").public_id)  # type: ignore
    except ObjectDoesNotExist:
        return public_id()


def build() -> Stage:
    """Two commissions, a person with every post of a commission, one with the posts of the others, a sworn nobody."""
    school = people.organisation("school", "Школа № 7", works_here=False)
    house = found(people.organisation("territorial_commission", "ПМПК Заречного района"), "own-", CANARY, school)
    foreign = found(
        people.organisation("territorial_commission", "ПМПК Нагорного района"), "other-", FOREIGN_CANARY, school
    )
    for one in (house, foreign):
        _enter_bookings(one)
    engage(house, "own-unsworn", "Новиков", (SPECIALIST, Speciality.PSYCHOLOGIST), sworn=False)
    engage(foreign, "other-unsworn", "Новиков", (SPECIALIST, Speciality.PSYCHOLOGIST), sworn=False)
    users = [
        (frozenset(COMMISSION_ROLES), "own-every"),
        (frozenset(set(Role) - COMMISSION_ROLES), "own-rest"),
    ]
    persons = []
    for roles, label in users:
        posts = [(role, Speciality.SPEECH_THERAPIST if role == SPECIALIST else "") for role in sorted(roles)]
        persons.append(column(label, True, engage(house, label, "Совместителев", *posts), roles))
    stage = Stage(house, foreign, persons)
    _settle(stage)
    return stage


def _enter_bookings(house: House) -> None:
    """The story books past the service, for the clock may stand anywhere; the lines of the journal are made good."""
    for booking in Booking.objects.filter(organisation=house.place):
        entry_add(
            actor=house.actor(house.anna), series=BOOKINGS, day=house.today, subject=booking,
            content=booking_line(booking),
        )  # fmt: skip


def _settle(stage: Stage) -> None:
    """Find for each route who may use it and on what, then read every page for its forms."""
    for name, pattern in patterns():
        declared = getattr(pattern.callback, "route", None)
        stage.keepers[name] = _keeper(stage, declared)
        extra = keywords_of(name, pattern.pattern.converters)
        if declared is not None and declared.model is not None:
            extra["public_id"] = key_of(stage.house, name, declared)
        elif "public_id" in pattern.pattern.converters:
            extra["public_id"] = public_id()
        stage.addresses[name] = reverse(name, kwargs=extra)
    for name in routes():
        _read(stage, name)


def _keeper(stage: Stage, declared: Route | None) -> Person:
    every, rest = stage.persons
    if declared is None or declared.action is None or action(declared.action).roles & every.roles:
        return every
    return rest


def _read(stage: Stage, name: str) -> None:
    declared = route_of(name)
    if declared is not None and "GET" not in declared.methods:
        return
    with cell():
        answer = stage.keeper(name).client.get(stage.addresses[name])
    sign_in_again(stage, name)
    assert answer.status_code < 500, f"{name}: {answer.status_code} before anything hostile was sent"
    if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
        return
    page = stage.pages[name] = answer.content.decode()
    for form in forms_of(page):
        _note(stage, name, form)
    for query in re.findall(r'href="([^"]*\?[^"]+)"', page):
        _note_query(stage, urljoin(stage.addresses[name], query.replace("&amp;", "&")))


def _note(stage: Stage, page: str, form: Form) -> None:
    target = urljoin(stage.addresses[page], form.action)
    name = page if target == stage.addresses[page] else name_of(target)
    if not name:
        return
    if form.method == "post":
        known = stage.forms.setdefault(name, form)
        for one in form.fields.values():
            known.fields.setdefault(one.name, one)
    else:
        found = stage.queries.setdefault(name, {})
        for one in form.fields.values():
            found.setdefault(one.name, []).extend([*one.values, *one.options])


def _note_query(stage: Stage, target: str) -> None:
    from django.http import QueryDict

    name = name_of(target)
    if name:
        for key, values in QueryDict(urlsplit(target).query).lists():
            stage.queries.setdefault(name, {}).setdefault(key, []).extend(values)


def name_of(target: str) -> str:
    try:
        return resolve(urlsplit(target).path).view_name
    except Resolver404:
        return ""


def sign_in_again(stage: Stage, name: str) -> None:
    """After a page that may have ended the session."""
    if name.startswith(("account_", "mfa_", "entrance:", "ui:choose")):
        renew(stage.keeper(name))


def renew(person: Person) -> None:
    assert person.user is not None
    person.client.cookies.clear()
    person.client.force_login(person.user)
    people.prove(person.client, person.user)
    person.client.get("/help/keys/")  # the session notes when it began, and on the list of sessions it stays


def postable(stage: Stage) -> Iterator[tuple[str, Form]]:
    """Every route that takes POST, with its form; where no page offers one now, with what the matrix posts."""
    for name in routes():
        declared = route_of(name)
        if declared is not None and "POST" not in declared.methods:
            continue
        form = stage.forms.get(name) or Form("", "post")
        for key, value in POSTED.get(name, lambda house, user: {})(stage.house, stage.keeper(name).user).items():
            form.fields[key] = Field(key, "hidden", [str(value)])
        yield name, form


def body_of(answer: HttpResponse) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")
