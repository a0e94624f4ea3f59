"""The gate stands before every route, and what would hurt most asks for a step-up: tried over the whole URLconf."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.accounts.models import User
from opora.foundation.entrance.middleware import WITH_GIVEN_PASSWORD, WITHOUT_FACTOR
from opora.foundation.identifiers import public_id
from opora.foundation.organisations.models import Organisation
from tests import cast as people
from tests.permissions.savepoints import cell
from tests.permissions.world import EXTRA
from tests.routes import patterns

METHODS = ("GET", "POST", "DELETE")  # a page, a deed, and what no route knows
STEP_UP = {
    "staff:appoint", "staff:end_position", "staff:undertaking", "staff:sign_in", "staff:factor_reset",
    "staff:organisation", "staff:factor_rule", "consents:carry_out", "retention:confirm",
}  # fmt: skip
HARMLESS = {
    "documents:undertaking_of": "prints a blank for a signature and changes nothing",
    "evidence:last_checkpoint": "the signed figure that is kept elsewhere: no person is in it",
}
# What an action is called tells what it does; a new route of such a name asks for a step-up or fails here.
GRAVE = re.compile(r"(^staff\.(change|sign_in|factor_reset)|^undertaking\.record|^organisation\.change"
                   r"|\.(export|erase|destroy|rotate|break_glass|emergency)$)")  # fmt: skip


def address(pattern: Any, name: str) -> str:
    return reverse(name, kwargs={key: EXTRA.get(key) or public_id() for key in pattern.pattern.converters})


def is_public(view: Any) -> bool:
    declared = getattr(view, "route", None)
    return declared is not None and not declared.signed_in


def reached(user: User, open_to_him: set[str], leads_to: str) -> list[str]:
    """Routes that did not lead to the page that must come first, although they are not open to this person."""
    client, past = Client(), []
    client.force_login(user)
    people.prove(client, user)
    client.get("/")
    for name, pattern in patterns():
        if name in open_to_him or is_public(pattern.callback):
            continue
        for method in METHODS:
            with cell() as tried:
                answer = client.generic(method, address(pattern, name))
                if answer.status_code != 302 or not answer.headers["Location"].startswith(leads_to) or tried:
                    past.append(f"{method} {name}: {answer.status_code} {tried[:1]}")
    return past


@pytest.fixture
def strict(cast):
    Organisation.objects.filter(pk=cast.commission.pk).update(requires_second_factor=True)
    return cast


def test_without_a_second_factor_no_route_is_reached_but_those_that_set_it_up(strict):
    assert reached(strict.boris, WITHOUT_FACTOR, "/account/required/") == []


def test_with_a_given_password_no_route_is_reached_but_the_one_that_changes_it(cast):
    User.objects.filter(pk=cast.boris.pk).update(must_change_password=True)

    assert reached(cast.boris, WITH_GIVEN_PASSWORD, "/account/password/") == []


def test_the_open_pages_are_few_and_exist():
    names = {name for name, _ in patterns()}

    assert names >= WITHOUT_FACTOR | WITH_GIVEN_PASSWORD
    assert len(WITHOUT_FACTOR | WITH_GIVEN_PASSWORD) == 7


def test_a_page_that_is_open_to_everyone_shows_nothing_to_the_gated_either(strict, as_user):
    assert as_user(strict.boris).get("/healthz").status_code in (200, 503)


DECLARED = {name: pattern.callback.route for name, pattern in patterns() if hasattr(pattern.callback, "route")}


def test_these_routes_ask_for_a_step_up():
    assert {name for name, declared in DECLARED.items() if declared.step_up} >= STEP_UP


@pytest.mark.parametrize("name", sorted(name for name, one in DECLARED.items() if GRAVE.search(one.action or "")))
def test_a_grave_action_asks_for_a_step_up(name: str):
    assert DECLARED[name].step_up or name in HARMLESS


@pytest.mark.parametrize("name", sorted(name for name, one in DECLARED.items() if one.step_up and not one.model))
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_it_is_asked_for_in_deed(name: str, method: str, cast, as_user, settings):
    """Whoever has every right but proved himself too long ago is not let to the view."""
    settings.STEP_UP_AGE = 0
    if method not in DECLARED[name].methods:
        return
    staff = (cast.boris, cast.anna, cast.vera, cast.olga)
    client = as_user(next(one for one in staff if may(cast.actor(one), DECLARED[name].action)))
    client.get("/help/keys/")  # the session notes when it began
    with cell() as tried:
        answer = client.generic(method, reverse(name))
    asked = "/account/confirm/" in answer.headers.get("Location", "") or "proof_password" in answer.content.decode()

    assert asked, f"{answer.status_code} {answer.headers}"
    assert tried == []
