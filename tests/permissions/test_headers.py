"""Headers over every address: for a colleague, a stranger, nobody; read, written, misused; and when the program fails.

Production's own (cookies, TLS, static files): tests/test_headers.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from opora.config.middleware import DOWNLOAD, NOTHING, PERMISSIONS
from opora.foundation.access import routes
from opora.foundation.access.routes import Route
from opora.foundation.files.views import SANDBOX
from opora.foundation.identifiers import public_id
from opora.records.documents.views import PDF_POLICY
from tests.routes import patterns

from .savepoints import cell, same_sessions
from .targets import keywords_of
from .test_matrix import address, ask
from .world import EVERY, Person, World

PAGE = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'",
}  # fmt: skip
EXACT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Cache-Control": "no-store, private",
    "Server": "opora",
}
FORBIDDEN = ("X-Powered-By", "Access-Control-Allow-Origin", "Via", "X-Runtime", "X-AspNet-Version")
# worksheet.js reads it at each saving: after a new sign-in in another tab what is typed here is still saved.
READ_BY_SCRIPTS = {"csrftoken"}
# Who asks how: each kind of answer (a page, a redirect, 403, 404, 405) comes from each address at least once.
ASKED = {EVERY: ("GET", "POST"), "other, every role": ("GET",), "nobody": ("GET", "PUT")}
SHOWN = ("text/html", "text/plain", "application/json", "application/pdf")


def faults(where: str, response: HttpResponse) -> Iterator[str]:
    """Yield what is wrong with the headers of one answer."""
    for name, value in EXACT.items():
        if response.headers.get(name) != value:
            yield f"{where}: {name}: {response.headers.get(name)}"
    yield from (f"{where}: {name}" for name in FORBIDDEN if name in response.headers)
    yield from (f"{where}: {fault}" for fault in policy_faults(response))
    for name, cookie in response.cookies.items():
        if cookie["samesite"] not in ("Lax", "Strict") or cookie["domain"] or cookie["path"] != "/":
            yield f"{where}: cookie {cookie.OutputString()}"
        if cookie.value and not cookie["httponly"] and name not in READ_BY_SCRIPTS:
            yield f"{where}: cookie {name} can be read by scripts"


def policy_faults(response: HttpResponse) -> Iterator[str]:
    policy, kind = response.headers.get("Content-Security-Policy", ""), response.headers.get("Content-Type", "")
    place = response.headers.get("Content-Disposition", "inline")
    if place.startswith("attachment"):
        if policy not in (SANDBOX, DOWNLOAD):
            yield f"a download outside the sandbox: {policy}"
        if not place.isascii():
            yield f"the name of a download tells something: {place}"
    elif kind.startswith("application/pdf"):
        if policy != PDF_POLICY:
            yield f"a paper under the policy {policy}"
    elif policy != NOTHING and {part.strip() for part in policy.split(";")} != PAGE:
        yield f"policy {policy}"
    elif kind and not kind.startswith(SHOWN):
        yield f"{kind} is shown in the page"


def answers(world: World, name: str, declared: Route | None, person: Person) -> Iterator[tuple[str, HttpResponse]]:
    target = address(world, name, declared) if declared else reverse(name)
    for method in ASKED[person.label]:
        with cell():
            yield method, ask(world, name, person, method, target)
    if person.label != EVERY:
        return
    if declared and declared.model is not None:
        keywords = keywords_of(name, dict(patterns())[name].pattern.converters)
        with cell():
            yield "GET nothing", person.client.get(reverse(name, kwargs={**keywords, "public_id": public_id()}))
    elif declared and declared.action:
        for query in ("?format=csv", "?format=xlsx"):
            with cell():
                yield f"GET {query}", person.client.get(target + query)


@pytest.fixture(autouse=True)
def _signed_in_as_before(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leaving is tried here too, and the world is there for others after."""
    if "world" not in request.fixturenames:
        yield
        return
    with same_sessions([person.client for person in request.getfixturevalue("world").persons]):
        yield


@pytest.mark.django_db
def test_every_answer_of_every_address_has_its_headers(world, record_property):
    people = [person for person in world.persons if person.label in ASKED]
    found, codes = [], Counter[int]()
    for name, pattern in sorted(patterns(), key=lambda one: one[0] == "account_logout"):  # that one ends the session
        declared = getattr(pattern.callback, "route", None)
        if declared is None and pattern.pattern.converters:
            continue  # tried without an object below
        for person in people:
            for method, response in answers(world, name, declared, person):
                codes[response.status_code] += 1
                found += faults(f"{name} {method} {person.label} {response.status_code}", response)
    record_property("headers_answers", codes.total())

    assert found == []
    assert {200, 302, 403, 404, 405} <= set(codes), codes
    assert codes.total() > 500


@pytest.mark.django_db
def test_an_error_of_the_program_has_the_same_headers(world, monkeypatch):
    def broken(*args: Any) -> HttpResponse:
        raise RuntimeError

    monkeypatch.setattr(routes, "_carry_out", broken)
    person = next(person for person in world.persons if person.label == EVERY)
    person.client.force_login(person.user)
    found, count = [], 0
    for name, pattern in patterns():
        declared = getattr(pattern.callback, "route", None)
        if declared is None or not declared.signed_in:
            continue
        with cell():
            response = person.client.generic(declared.methods[0], address(world, name, declared))
        found += faults(name, response)
        count += response.status_code == 500
        if response.status_code == 500:
            assert response.headers["X-Incident"]
    assert found == []
    assert count > 40


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("target", "extra", "status"),
    [
        ("/no/such/page/", {}, 404),
        ("/children", {}, 301),
        ("/static/no-such-file.js", {}, 404),
        ("/static/../secrets.env", {}, 404),
        ("/", {"HTTP_HOST": "evil.example"}, 400),
        ("/healthz", {}, 200),
    ],
)
def test_an_answer_to_no_page_has_them_too(client, target, extra, status):
    client.raise_request_exception = False
    response = client.get(target, **extra)

    assert response.status_code == status
    assert list(faults(target, response)) == []


@pytest.mark.django_db
def test_a_form_without_its_token_has_them_too():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/account/sign-in/", {})

    assert response.status_code == 403
    assert list(faults("csrf", response)) == []
