"""No route processes a frozen child's data: every route x method x role of the own commission, and every service.

A card is frozen by a withdrawal (annexes 2.17, 2.18) or after its destruction. Open stay only the routes that say so
themselves (`even_frozen`): the withdrawal, the answer to a court, the keeping.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from opora.foundation.access.actions import Frozen
from opora.foundation.access.models import Freeze
from opora.foundation.access.routes import Route, person_of
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child

from .canaries import carried_by
from .house import House
from .savepoints import cell
from .test_matrix import METHODS, NARROWER, ROUTES, address, ask, expected, tries, who_tries
from .test_services import ALL_ROLES, INNER, SERVICES, about_a_child, arguments, rows_in
from .world import CANARY, FULL, Person, World

# Pages that name frozen children because a law demands an answer about them, with an event for each reading.
DEMANDED = {
    "disclosures:list": "requests that a court, a law or the family itself must be answered",
    "desk": "the same requests as duties of the day",
    "emergencies:list": "the head reviews why a card was opened; the child is not named, the written reason is shown",
    "emergencies:access": "the same",
}
# Services that the law leaves open, and those whose row belongs to nobody yet.
OPEN_BY_LAW = {
    "consent_record", "consent_withdraw", "withdrawal_carry_out", "withdrawal_lift",
    "hold_place", "hold_release", "destruction_propose", "destruction_confirm", "destruction_decline",
    "disclosure_receive", "disclosure_decide", "disclosure_send", "disclosure_acknowledge", "disclosure_annul",
    "scan_attach", "transfers_print", "emergency_close", "emergency_review",
}  # fmt: skip


def freeze(house: House, person_ids: list[str]) -> None:
    known = set(Freeze.objects.filter(lifted_at=None).values_list("person_id", flat=True))
    Freeze.objects.bulk_create(
        Freeze(organisation=house.place, person_id=one, ground="согласие отозвано", since=timezone.localdate())
        for one in person_ids
        if one not in known
    )


def everyone(house: House) -> list[str]:
    return list(Child.objects.filter(organisation=house.place).values_list("public_id", flat=True))


def is_of_a_child(declared: Route) -> bool:
    return bool(getattr(declared.model, "person_path", ""))


def own(world: World, declared: Route) -> Iterator[Person]:
    return (person for person in world.knocking(declared) if person.own and person.user is not None)


CLOSED = sorted(name for name, one in ROUTES.items() if is_of_a_child(one.callback.route))
OTHERS = sorted(name for name, one in ROUTES.items() if one.callback.route.action and name not in CLOSED)


def unseen(world: World, name: str, declared: Route, target: str) -> set[tuple[str, str]]:
    """Labels and methods of those for whom the row is not there at all, frozen or not: their right is narrower."""
    found = set()
    for person in own(world, declared):
        for method in METHODS if (name, person.label) in NARROWER else ():
            if expected(declared, person, method) != "in":
                continue
            with cell():
                if ask(world, name, person, method, target).status_code == 404:
                    found.add((person.label, method))
    return found


def faults_of(
    world: World, name: str, declared: Route, person: Person, method: str, target: str, *, hidden: bool = False
) -> list[str]:
    """What is wrong with a cell of a frozen card; a row that was `hidden` from the person before stays so."""
    wanted = "not found" if hidden else expected(declared, person, method)
    with cell() as tried:
        response = ask(world, name, person, method, target)
        written, text = list(tried), carried_by(response)
    where, found = f"{name} {method} {person.label}", []
    if hidden and response.status_code != 404:
        found.append(f"{where}: {response.status_code}, though the row is hidden")
    if wanted == "in" and response.status_code != 403:
        found.append(f"{where}: {response.status_code}, though the card is frozen")
    if wanted == "in" and method == "GET" and "обработка данных этого ребёнка остановлена" not in html.unescape(text):
        found.append(f"{where}: does not say that the card is frozen")
    if written:
        found.append(f"{where}: wrote {written[0]}")
    marks = world.own_marks.found(text)
    if CANARY in text or marks:
        found.append(f"{where}: LEAK {sorted(marks)[:3]}")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("name", CLOSED)
def test_a_frozen_card_is_closed_to(name: str, world: World, record_property: Any):
    declared, found, cells = ROUTES[name].callback.route, [], 0
    with cell():
        target = address(world, name, declared)
        hidden = unseen(world, name, declared, target)
        freeze(world.house, everyone(world.house))
        for method in () if declared.even_frozen else METHODS:
            for person in who_tries(world, name, declared, method):
                if not person.own or person.user is None or not (FULL or expected(declared, person, method) == "in"):
                    continue  # refused on an open card too: the matrix has tried it
                is_hidden = (person.label, method) in hidden
                found += faults_of(world, name, declared, person, method, target, hidden=is_hidden)
                cells += 1
    record_property("frozen_cells", cells)
    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", OTHERS)
def test_no_frozen_child_is_shown_by(name: str, world: World):
    """Lists, searches, files, the day of a session, journals: whatever is about many children."""
    declared, found = ROUTES[name].callback.route, []
    if "GET" not in declared.methods or name in DEMANDED:
        return
    with cell():
        target = address(world, name, declared)
        freeze(world.house, everyone(world.house))
        for person in own(world, declared):
            for query in tries(declared, "GET", expected(declared, person, "GET")):
                with cell():
                    text = carried_by(person.client.get(target + query)).replace(f'value="{CANARY[:5]}"', "")
                marks = world.own_marks.found(text)
                if CANARY in text or marks:
                    found.append(f"{name}{query} {person.label}: {sorted(marks)[:4]}")
    assert found == []


def test_few_routes_are_left_open():
    """Who adds one says here that he means it."""
    rooms = {name.split(":")[0] for name in CLOSED if ROUTES[name].callback.route.even_frozen}

    assert rooms <= {"consents", "disclosures", "retention", "documents"}
    assert {name for name in CLOSED if name.startswith("documents:") and ROUTES[name].callback.route.even_frozen} == {
        "documents:data_transfers"
    }


@pytest.mark.django_db
def test_every_service_refuses_a_frozen_child(world: World):
    actor = Actor(user=world.house.boris, organisation=world.house.place, roles=ALL_ROLES, sworn=True)
    names = [name for name in SERVICES if name not in set(INNER) | OPEN_BY_LAW and about_a_child(world, name)]
    passed = [fault for name in names if (fault := _processed(world, name, actor))]

    assert len(names) > 50
    assert set(SERVICES) >= OPEN_BY_LAW
    assert passed == []


def _processed(world: World, name: str, actor: Actor) -> str:
    service, rows = SERVICES[name]
    with cell() as tried:
        given = arguments(world, service, rows)
        about = [person_of(one) for one in rows_in(given)]
        freeze(world.house, sorted({one for one in about if one}))
        tried.clear()
        try:
            service(actor=actor, **given)
        except Frozen:
            return f"{name}: refused, and yet it wrote {tried[0]}" if tried else ""
        except Exception as error:
            return f"{name}: {type(error).__name__}: {error}"
        return f"{name}: done"
