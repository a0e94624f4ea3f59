"""Layers that hide one another, each tried alone: the right inside a service, the emergency at a route."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from opora.foundation.access import knowledge
from opora.foundation.access.models import EmergencyAccess
from opora.foundation.access.routes import person_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.querysets import person_path_of

from .savepoints import cell
from .test_matrix import ROUTES, address, allowed, ask, text_of
from .test_services import INNER, SERVICES, refused
from .world import STRANGER, World

# Steps of other services, which have asked for the right before; the row is theirs to check all the same.
ASKED_BEFORE = {
    "section_discard": "the right to a sheet is asked by the room that owns it",
    "item_put": "an agenda is written by three deeds, each with a right of its own: plan, call, put off",
    "version_keep": "what is kept of a programme at each of its steps, whose right its service has asked",
}
READING_ALONE = "По экстренному доступу карту только читают и печатают"


@pytest.mark.django_db
def test_every_service_asks_for_a_right(world: World, monkeypatch: pytest.MonkeyPatch):
    """Somebody of the same commission who knows every child and has no role at all."""
    monkeypatch.setattr(knowledge, "knows_all", lambda actor: True)
    nobody = Actor(user=world.house.boris, organisation=world.house.place, sworn=True)
    asking = [name for name in SERVICES if name not in {*INNER, *ASKED_BEFORE}]
    passed = [fault for name in asking if (fault := refused(world, name, nobody))]

    assert set(SERVICES) >= set(ASKED_BEFORE)
    assert len(asking) > 95
    assert not passed, "\n".join(passed)


@pytest.mark.django_db
def test_in_an_emergency_no_route_takes_a_change(world: World):
    person: Any = world.person(STRANGER)
    tried_routes, found = 0, []
    for name, pattern in sorted(ROUTES.items()):
        declared = pattern.callback.route
        about = declared.model is not None and person_path_of(declared.model)
        if not about or "POST" not in declared.methods or not allowed(declared, person):
            continue
        with cell():
            row = world.target(name, declared.model, declared.action or "")
            EmergencyAccess.objects.create(
                organisation=world.house.place, user=person.user, reason="Проба", person_id=person_of(row),
                expires_at=timezone.now() + timedelta(hours=1),
            )  # fmt: skip
            with cell() as tried:
                answer = ask(world, name, person, "POST", address(world, name, declared))
        tried_routes += 1
        if answer.status_code != 403 or READING_ALONE not in text_of(answer).replace("\xa0", " ") or tried:
            found.append(f"{name}: {answer.status_code} {tried[:1]}")

    assert tried_routes > 10
    assert found == []
