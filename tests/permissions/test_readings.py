"""Reads are events: whatever route shows a child is in the log, and when the log cannot be written, nothing is shown.

Made from the URLconf like the matrix: a new page is tried without anyone's doing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse

from opora.foundation.access.actions import action
from opora.foundation.access.routes import Route
from opora.foundation.audit.models import Event

from .savepoints import cell
from .test_matrix import ROUTES, address, ask, text_of
from .world import CANARY, EVERY, Person, World

QUERIES = ("", "?format=csv", "?format=xlsx", "?format=print", f"?q={CANARY[:5]}")
PAGES = ("text/html", "application/json", "text/plain", "text/csv")


class LogIsFull(OperationalError):
    """What the database would say when the event cannot be written."""


def refuse_events(execute: Any, sql: str, *rest: Any) -> Any:
    if sql.upper().startswith("INSERT") and "audit_event" in sql:
        raise LogIsFull("the log is full")
    return execute(sql, *rest)


def shows(declared: Route, response: HttpResponse) -> bool:
    """Whether the answer holds a child: by its canary, or as a paper or table that cannot be read here."""
    if response.status_code >= 300 and response.status_code != 422:
        return False
    kind = str(response.get("Content-Type", "")).split(";")[0]
    personal = declared.action is not None and action(declared.action).personal
    return CANARY in text_of(response) or (personal and kind not in PAGES and bool(response.get("Content-Type")))


def tries(world: World, person: Person) -> Iterator[tuple[str, Route, str, str]]:
    for name in sorted(ROUTES):
        declared: Route = ROUTES[name].callback.route
        if not declared.signed_in:
            continue
        target = address(world, name, declared)
        for method in ("GET", "POST"):
            if method in declared.methods:
                for query in QUERIES if method == "GET" and declared.model is None else ("",):
                    yield name, declared, method, target + query


@dataclass(frozen=True)
class Answer:
    """What a route gave to the person of every role, whether that is in the log, and what was written besides."""

    tried: str
    method: str
    status: int
    shown: bool
    logged: bool
    written: tuple[str, ...]


@pytest.fixture(scope="module")
def answers(world: World, django_db_blocker: Any) -> list[Answer]:
    """One walk for two tests: each route is asked once."""
    person = next(one for one in world.persons if one.label == EVERY)
    with django_db_blocker.unblock():
        return [answer(world, person, *one) for one in tries(world, person)]


def answer(world: World, person: Person, name: str, declared: Route, method: str, target: str) -> Answer:
    with cell() as written:
        before = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
        response = ask(world, name, person, method, target)
        shown = shows(declared, response)
        logged = shown and Event.objects.filter(id__gt=before, user=person.user).exists()
        return Answer(
            f"{name} {method} {target}", method, response.status_code, shown, logged,
            tuple(one for one in written if "audit_event" not in one),
        )  # fmt: skip


@pytest.mark.django_db
def test_no_route_shows_a_child_without_an_event(answers: list[Answer], record_property: Any):
    shown = [one for one in answers if one.shown]

    record_property("readings", len(shown))
    assert len(shown) > 60
    assert [one.tried for one in shown if not one.logged] == []


@pytest.mark.django_db
def test_reading_writes_nothing_but_its_event(answers: list[Answer]):
    """GET passes by the check of the form's token: a route that carries out a deed must not answer it."""
    read = [one for one in answers if one.method == "GET"]

    assert sum(one.status == 200 for one in read) > 100
    assert [(one.tried, one.written) for one in read if one.written] == []


@pytest.mark.django_db
def test_what_cannot_be_written_down_is_not_shown(world: World, answers: list[Answer]):
    person = next(one for one in world.persons if one.label == EVERY)
    shown, leaked = {one.tried for one in answers if one.shown}, []
    for name, _, method, target in tries(world, person):
        if f"{name} {method} {target}" in shown:
            with cell(), connection.execute_wrapper(refuse_events):
                response = ask(world, name, person, method, target)
                if response.status_code < 500 or CANARY in text_of(response):
                    leaked.append(f"{name} {method} {target}: {response.status_code}")

    assert leaked == []


@pytest.mark.django_db
def test_a_page_that_was_just_read_fills_the_log_once(world: World):
    person: Any = next(one for one in world.persons if one.label == EVERY)
    with cell():
        before = Event.objects.filter(user=person.user).count()
        for _ in range(5):
            person.client.get(f"/children/?q={CANARY}")
            person.client.get(f"/children/?q={CANARY}", headers={"HX-Request": "true"})
        codes = list(Event.objects.filter(user=person.user).order_by("id").values_list("code", flat=True))[before:]
        assert sorted(codes) == ["child.listed", "ui.list_searched"]


@pytest.mark.django_db
def test_a_search_is_in_the_log_without_its_words(world: World):
    person: Any = next(one for one in world.persons if one.label == EVERY)
    with cell():
        for words in (CANARY, f"{CANARY[:6]}", "Никого-Такого"):
            person.client.get("/children/", {"q": words})
        found = list(Event.objects.filter(user=person.user, code="ui.list_searched").order_by("id"))
        assert [one.details["length"] for one in found] == [len(CANARY), 6, 13]
        assert found[-1].details["count"] == 0
        assert len({one.details["mark"] for one in found}) == 3
        assert all(words.lower() not in str(one.details).lower() for one in found for words in (CANARY[:6], "Никого"))
