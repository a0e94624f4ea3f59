"""The permission matrix: every route x method x role x {own case, other case, other organisation, nobody signed in}.

Made from the URLconf: a new address is in it without anyone's doing, and an undeclared one fails.
"""

from __future__ import annotations

from typing import Any
from zlib import crc32

import pytest
from django.http import HttpResponse
from django.urls import reverse

from opora.foundation.access.actions import action
from opora.foundation.access.models import EmergencyAccess
from opora.foundation.access.routes import Route
from opora.foundation.identifiers import public_id
from tests.routes import patterns

from . import support_cards, support_papers, support_passports, support_plans, support_schedules, support_worklog
from .canaries import carried_by, overheard, owned_models, text_fields
from .house import House
from .savepoints import cell
from .targets import EXTRA_OF, keywords_of
from .world import CANARY, EVERY, EXTRA, FULL, POSTED, STRANGER, Person, World

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
    "mfa_add_webauthn": "one's own security key",
    "mfa_reauthenticate_webauthn": "one's own security key again",
}
# Rights that are narrower than the role: the service refuses a colleague who has the role.
OWN_SHEET = "a sheet is finished, reopened and taken in hand by the specialist who keeps it"
PAPERS_OF_THE_FAMILY = "documents of the family are for those who see documents (access/fields.py)"
OWN_PAPER = "a paper about a child is written by its author alone"
OWN_ACCESS = "an emergency is for whoever asked for it and for those who review"
OWN_TABLE = "a table with many names is for whoever brought it; results are filled in by whoever runs the screening"
AT_THE_TABLE = "a meeting is for the leads and for those who sit at it or are invited"
OWN_MEETING = "what a meeting decides is written down by a lead, its chair or its secretary; members sign"
OWN_PROGRAMME = "a programme is led by its curator and the chair; a class teacher reads tasks and own activities"
_NOT_LEADING = ("director", "school_specialist", "class_teacher", "curator")
NARROWER = {
    **support_cards.NARROWER,
    **support_plans.NARROWER,
    **support_schedules.NARROWER,
    **support_passports.NARROWER,
    **support_papers.NARROWER,
    **{
        (f"documents:meeting_{way}", label): OWN_MEETING
        for way in ("paper", "copy")
        for label in ("own class_teacher", "own class_teacher, other class", "own school_specialist, other case")
    },
    **{("pupils:consent_scan", f"own {role}"): PAPERS_OF_THE_FAMILY for role in _NOT_LEADING},
    **{(f"emergencies:{one}", f"own {role}"): OWN_ACCESS for one in ("access", "close") for role in _NOT_LEADING[1:]},
    **{
        (f"signals:{one}", label): OWN_TABLE
        for one in ("table", "table_confirm", "table_cancel", "results")
        for label in ("own, every role", "own consilium_chair", "own service_head", "own school_specialist, other case")
    },
    **{
        (f"presentations:{one}", label): OWN_PAPER
        for one in ("section", "choices", "details", "carry", "finish", "reopen")
        for label in (EVERY, *(f"own {role}" for role in ("consilium_chair", "service_head", *_NOT_LEADING[1:])))
        if label != "own class_teacher"
    },
    **{
        (f"consilium:{one}", f"own {role}"): OWN_MEETING
        for one in (
            "decide",
            "end",
            "item_change",
            "item_open",
            "invite",
            "member",
            "offer",
            "parents",
            "parents_told",
            "participant_mark",
            "participant_remove",
            "postpone",
            "protocol_issue",
            "refer",
            "referral_answer",
            "sign_paper",
            "teachers_told",
            "withdraw",
        )
        for role in ("school_specialist", "class_teacher", "curator")
    },
    **{
        (f"consilium:{one}", f"own {role}"): AT_THE_TABLE
        for one in ("end", "meeting", "member", "protocol", "protocol_issue")
        for role in ("class_teacher, other class", "school_specialist, other case")
    },
    **{
        ("consilium:sign", label): OWN_MEETING
        for label in (EVERY, "own director", "own service_head", "own class_teacher")
    },
    ("consilium:section", "own director"): AT_THE_TABLE,
    **{
        (f"programmes:{one}", f"own {role}"): OWN_PROGRAMME
        for one in (
            "activity",
            "agree",
            "agreement_add",
            "checks",
            "criterion",
            "draft",
            "family",
            "goal",
            "line_add",
            "plan_take",
            "proposal_add",
            "proposal_answer",
            "section",
            "section_earlier",
            "send",
            "take_back",
            "task",
            "term",
            "versions",
        )
        for role in ("school_specialist", "class_teacher")
    },
    **{
        (f"programmes:{one}", f"own {role}"): OWN_PROGRAMME
        for one, roles in (
            ("mark", ("director", "class_teacher")),
            ("mark_words", ("director", "class_teacher")),
            ("mark_undo", ("director", "class_teacher")),
            ("observe", ("director",)),
            ("bank_take", ("school_specialist", "class_teacher")),
            ("bank_keep", ("class_teacher",)),
        )
        for role in roles
    },
    ("documents:case_form", "own commission_specialist"): PAPERS_OF_THE_FAMILY,
    ("intake:file", "own commission_specialist"): PAPERS_OF_THE_FAMILY,
    ("examinations:child_here", "own commission_head"): OWN_SHEET,
    ("examinations:sheet_finish", "own commission_head"): OWN_SHEET,
    ("examinations:sheet_reopen", "own commission_head"): OWN_SHEET,
    ("examinations:child_here", EVERY): OWN_SHEET,
    ("examinations:sheet_finish", EVERY): OWN_SHEET,
    ("examinations:sheet_reopen", EVERY): OWN_SHEET,
    ("ui:choose_workplace", "no post"): "there is no place to choose",
    **support_worklog.NARROWER,
}
# Not filled by any story of the world.
WITHOUT_ROWS: set[str] = set()
# The ordinary run tries as a few people alone what asks the same gate once more.
ALIKE = {"HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROUTES = {name: pattern for name, pattern in patterns() if hasattr(pattern.callback, "route")}
LIST_QUERIES = ("", "?format=csv", "?format=xlsx", "?format=print", f"?q={CANARY[:5]}")


def test_every_route_is_declared():
    undeclared = {name for name, pattern in patterns() if not hasattr(pattern.callback, "route")}

    assert undeclared == set(SIGN_IN)


def test_every_address_of_an_object_is_random():
    """Only `public_id` and codes of forms stand in addresses: no row number, no name."""
    for name, pattern in patterns():
        converters = pattern.pattern.converters
        assert set(converters) <= {"public_id", *EXTRA, *EXTRA_OF.get(name, ())}, name
        if hasattr(pattern.callback, "route"):
            assert (pattern.callback.route.model is not None) == ("public_id" in converters), name


def text_of(response: HttpResponse) -> str:
    return carried_by(response)


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
    if not allowed(declared, person):
        return "forbidden"
    return "in" if person.knows or not about_a_child(declared) else "not found"


def few(world: World) -> list[Person]:
    labels = {EVERY, STRANGER, "own operator", "other, every role", "nobody"}
    return [one for one in world.persons if one.label in labels]


def about_a_child(declared: Route) -> bool:
    """Whether the row of the route belongs to a child, so that it is not for a colleague who works with others."""
    return bool(getattr(declared.model, "person_path", "")) or declared.model is EmergencyAccess


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
    if wanted == "sign in" and status == 302 and not leads_to_sign_in(response):
        found.append(f"{where}: sent to {response.headers['Location']}")
    if wanted != "in" and tried:
        found.append(f"{where}: refused, and yet it wrote: {tried[0]}")
    return found


def leaks(where: str, world: World, person: Person, wanted: str, text: str) -> list[str]:
    """Marks of rows that this person must not see, in whatever the answer carries."""
    found = []
    if person.own or person.user is None or not person.user.positions.exists():
        found = sorted(world.foreign_marks.found(text))
    if CANARY in text and not (person.own and person.knows and wanted == "in"):
        found.append(CANARY)
    if not (person.own and person.knows):
        found += sorted(world.own_marks.found(text))
    return [f"{where}: LEAK of {', '.join(found[:5])}"] if found else []


def address(world: World, name: str, declared: Route, house: House | None = None) -> str:
    keywords = keywords_of(name, ROUTES[name].pattern.converters)
    if declared.model is not None:
        keywords["public_id"] = world.target(name, declared.model, declared.action or "", house).public_id
    return reverse(name, kwargs=keywords)


def body_of_what_never_was(world: World, name: str, person: Person, method: str) -> bytes:
    keywords = keywords_of(name, ROUTES[name].pattern.converters)
    with cell():
        return person.client.generic(method, reverse(name, kwargs={**keywords, "public_id": public_id()})).content


def ask(world: World, name: str, person: Person, method: str, target: str) -> HttpResponse:
    """One request. Whoever was signed in is so still: else every door would be closed, and nothing tried."""
    if method == "POST" and person.user is not None and person.user.positions.exists() and name in POSTED:
        response = person.client.post(target, POSTED[name](world.house, person.user))
    else:
        response = person.client.generic(method, target)
    if person.user is not None and name in ROUTES:
        assert not leads_to_sign_in(response), f"{name} {method}: {person.label} is signed out"
    return response


def leads_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and "/account/sign-in/" in response.headers["Location"]


def tries(declared: Route, method: str, wanted: str = "in") -> tuple[str, ...]:
    many = method == "GET" and declared.model is None and declared.action and (FULL or wanted == "in")
    return LIST_QUERIES if many else ("",)


def who_tries(world: World, name: str, declared: Route, method: str) -> list[Person]:
    """The ordinary run lets some knock by turns of those who are refused by their role alone, and of those let in."""
    if FULL:
        return world.persons
    people = few(world) if method in ALIKE else world.knocking(declared)
    answers = {one.label: expected(declared, one, method) for one in people}
    refused = by_turns([one for one in people if answers[one.label] == "forbidden"], f"{name} {method}", 2)
    let_in = by_turns([one for one in people if answers[one.label] == "in"], f"{name} {method}", 3)
    sampled = [*refused, *let_in]
    return [
        one for one in people if one.label == EVERY or one in sampled or answers[one.label] not in ("forbidden", "in")
    ]


def by_turns(people: list[Person], key: str, count: int) -> list[Person]:
    """So many of these, others for another key and the same for the same one."""
    start = crc32(key.encode())
    return [people[(start + at) % len(people)] for at in range(min(count, len(people)))]


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ROUTES))
def test_the_matrix_of(name: str, world: World, record_property: Any):
    declared: Route = ROUTES[name].callback.route
    found: list[str] = []
    cells, searched = 0, 0
    with cell(), overheard() as heard:
        target = address(world, name, declared)
        for method in METHODS:
            unknown: dict[str, bytes] = {}
            for person in who_tries(world, name, declared, method):
                wanted = expected(declared, person, method)
                for query in tries(declared, method, wanted):
                    with cell() as tried:
                        response = ask(world, name, person, method, target + query)
                        found += faults(name, wanted, person, method, response, tried)
                        carried = text_of(response)
                        found += leaks(f"{name} {method}{query} {person.label}", world, person, wanted, carried)
                        told = heard()
                        found += leaks(f"{name} {method} {person.label}, said to the log", world, person, "", told)
                    cells += 1
                    searched += len(carried) + len(told)
                if wanted == "not found" and "body" not in unknown:
                    unknown["body"] = body_of_what_never_was(world, name, person, method)
                if wanted == "not found" and response.content != unknown["body"]:
                    found.append(f"{name} {method} {person.label}: another body than of what never was")
    record_property("matrix_cells", cells)
    record_property("matrix_leaks", len(found))
    record_property("matrix_signs", searched)
    assert not found, "\n".join(found)


@pytest.mark.django_db
def test_the_marks_stand_everywhere_and_are_found_where_they_may_be_seen(world: World, record_property: Any):
    """The search itself is tried: the other commission's own people see its marks in pages, tables and papers."""
    fields = {f"{model._meta.label}.{one.name}" for model in owned_models() for one in text_fields(model)}
    planted = set(world.foreign_marks.where.values())
    record_property("matrix_marks", len(world.foreign_marks.where) + len(world.own_marks.where))
    assert sorted(fields - planted - WITHOUT_ROWS) == []
    zakhar = world.person("other, every role")
    case = next(iter(world.foreign.cases.values()))
    with cell():
        for target, least in (
            (reverse("children:list"), 3), (reverse("children:list") + "?format=xlsx", 3),
            (reverse("children:child", args=[case.child.public_id]), 10),
            (reverse("documents:child_contents", args=[case.child.public_id]), 1),
        ):  # fmt: skip
            assert len(world.foreign_marks.found(text_of(zakhar.client.get(target)))) >= least, target
