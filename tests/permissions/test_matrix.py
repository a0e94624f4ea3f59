"""The permission matrix: every route x method x role x {own organisation, other organisation, nobody signed in}.

Made from the URLconf: a new address is in it without anyone's doing, and an undeclared one fails.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from opora.foundation.access.actions import action
from opora.foundation.access.routes import Route
from opora.foundation.identifiers import public_id
from tests.routes import patterns

from .savepoints import cell
from .world import CANARY, EVERY, EXTRA, FOREIGN_CANARY, POSTED, Person, World

# Pages of the sign-in library: it decides by itself who is signed in, and none of them is about a child.
SIGN_IN = {
    "account_login": "signing in",
    "account_logout": "signing out",
    "account_change_password": "one's own password",
    "account_reauthenticate": "one's own password again",
    "account_inactive": "a notice",
    "mfa_authenticate": "the second factor",
    "mfa_reauthenticate": "the second factor again",
    "mfa_index": "one's own second factor",
    "mfa_activate_totp": "one's own second factor",
    "mfa_deactivate_totp": "one's own second factor",
    "mfa_view_recovery_codes": "one's own reserve codes",
    "mfa_generate_recovery_codes": "one's own reserve codes",
    "mfa_download_recovery_codes": "one's own reserve codes",
}
# Rights that are narrower than the role: the service refuses a colleague who has the role.
OWN_SHEET = "a sheet is finished, reopened and taken in hand by the specialist who keeps it"
NARROWER = {
    ("examinations:child_here", "own commission_head"): OWN_SHEET,
    ("examinations:sheet_finish", "own commission_head"): OWN_SHEET,
    ("examinations:sheet_reopen", "own commission_head"): OWN_SHEET,
    ("examinations:child_here", EVERY): OWN_SHEET,
    ("examinations:sheet_finish", EVERY): OWN_SHEET,
    ("examinations:sheet_reopen", EVERY): OWN_SHEET,
    ("ui:choose_workplace", "no post"): "there is no place to choose",
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROUTES = {name: pattern for name, pattern in patterns() if hasattr(pattern.callback, "route")}
LIST_QUERIES = ("", "?format=csv", "?format=print", f"?q={CANARY[:5]}")


def test_every_route_is_declared():
    undeclared = {name for name, pattern in patterns() if not hasattr(pattern.callback, "route")}

    assert undeclared == set(SIGN_IN)


def test_every_address_of_an_object_is_random():
    """Only `public_id` and codes of forms stand in addresses: no row number, no name."""
    for name, pattern in patterns():
        converters = pattern.pattern.converters
        assert set(converters) <= {"public_id", *EXTRA}, name
        if hasattr(pattern.callback, "route"):
            assert (pattern.callback.route.model is not None) == ("public_id" in converters), name


def text_of(response: HttpResponse) -> str:
    if response.get("Content-Type", "").startswith("application/pdf"):
        return ""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", errors="replace")


def allowed(declared: Route, person: Person) -> bool:
    if person.user is None:
        return not declared.signed_in
    if declared.action is None:
        return True
    asked = action(declared.action)
    return bool(person.roles & asked.roles) and (person.sworn or not asked.personal)


def expected(declared: Route, person: Person, method: str) -> str:
    """What this cell must be: «no method», «sign in», «not found», «forbidden» or «in»."""
    methods = {*declared.methods, *(["HEAD"] if "GET" in declared.methods else [])}
    if method not in methods:
        return "no method"
    if person.user is None and declared.signed_in:
        return "sign in"
    if declared.model is not None and not person.own:
        return "not found"
    return "in" if allowed(declared, person) else "forbidden"


CODES = {"no method": (405,), "sign in": (302, 401), "not found": (404,), "forbidden": (403,)}


def faults(name: str, wanted: str, person: Person, method: str, response: HttpResponse, tried: list[str]) -> list[str]:
    """What is wrong with one cell; empty when it is as it must be."""
    where, status = f"{name} {method} {person.label}", response.status_code
    found = []
    if wanted == "in":
        refused = status in (403, 404) and (name, person.label) not in NARROWER
        if status >= 500 or status == 405 or refused:
            found.append(f"{where}: {status} where it is allowed")
    elif status not in CODES[wanted]:
        found.append(f"{where}: {status} instead of {wanted}")
    if wanted == "sign in" and status == 302 and "/account/sign-in/" not in response.headers["Location"]:
        found.append(f"{where}: sent to {response.headers['Location']}")
    if wanted != "in" and tried:
        found.append(f"{where}: refused, and yet it wrote: {tried[0]}")
    text = text_of(response)
    if FOREIGN_CANARY in text and person.own:
        found.append(f"{where}: LEAK of the other commission")
    if CANARY in text and not (person.own and wanted == "in"):
        found.append(f"{where}: LEAK")
    return found


def address(world: World, name: str, declared: Route) -> str:
    keywords = {key: EXTRA[key] for key in ROUTES[name].pattern.converters if key in EXTRA}
    if declared.model is not None:
        keywords["public_id"] = world.target(name, declared.model, declared.action or "").public_id
    return reverse(name, kwargs=keywords)


def body_of_what_never_was(world: World, name: str, person: Person, method: str) -> bytes:
    keywords = {key: EXTRA[key] for key in ROUTES[name].pattern.converters if key in EXTRA}
    with cell():
        return person.client.generic(method, reverse(name, kwargs={**keywords, "public_id": public_id()})).content


def ask(world: World, name: str, person: Person, method: str, target: str) -> HttpResponse:
    if method == "POST" and person.user is not None and person.user.positions.exists() and name in POSTED:
        return person.client.post(target, POSTED[name](world.house, person.user))
    return person.client.generic(method, target)


def tries(declared: Route, method: str) -> tuple[str, ...]:
    return LIST_QUERIES if method == "GET" and declared.model is None and declared.action else ("",)


def _group(index: int) -> Any:
    return pytest.mark.xdist_group(f"matrix-{index % 2}")


@pytest.mark.django_db
@pytest.mark.parametrize("name", [pytest.param(name, marks=_group(i)) for i, name in enumerate(sorted(ROUTES))])
def test_the_matrix_of(name: str, world: World, record_property: Any):
    declared: Route = ROUTES[name].callback.route
    found: list[str] = []
    cells = 0
    with cell():
        target = address(world, name, declared)
        for method in METHODS:
            unknown: dict[str, bytes] = {}
            for person in world.persons:
                wanted = expected(declared, person, method)
                for query in tries(declared, method):
                    with cell() as tried:
                        response = ask(world, name, person, method, target + query)
                        found += faults(name, wanted, person, method, response, tried)
                    cells += 1
                if wanted == "not found" and "body" not in unknown:
                    unknown["body"] = body_of_what_never_was(world, name, person, method)
                if wanted == "not found" and response.content != unknown["body"]:
                    found.append(f"{name} {method} {person.label}: another body than of what never was")
    record_property("matrix_cells", cells)
    record_property("matrix_leaks", len(found))
    assert not found, "\n".join(found)
