"""The field policy (access/fields.py): every page, list, export and paper in every role, searched for each class.

The classes stand beside the fields in the models (`field_classes`); a new text of a child must be in one of them or
be named here as open to whoever may open the card.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from opora.commission.cases.flow import Status
from opora.foundation.access.fields import edits, field_class, field_classes, hidden_from, sees
from opora.foundation.access.routes import Route
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import IMPERSONAL_ROLES, Role
from opora.people.children.models import PreventionRecord
from opora.records.documents.builders import CASE_FORMS

from .canaries import owned_models, text_fields
from .house import SPECIALIST
from .savepoints import cell
from .test_matrix import ROUTES, address, text_of
from .world import Person, World

OPEN = {
    "children.Child": {"last_name", "first_name", "middle_name", "declined", "former_last_name", "citizenship",
                       "search_name"},
    "children.Guardian": {"last_name", "first_name", "middle_name", "declined"},
    "children.Enrolment": {"group", "class_teacher", "programme", "study_form", "history"},
    "cases.Case": {"finish_reason"},
    "intake.Application": {"reason", "request", "incomplete_reason"},
    "intake.Paper": {"title", "clause", "note"},
    "intake.Booking": {"reason"},
    "examinations.Visit": {"early_reason"},
    "duties.BroughtConclusion": {"commission_title"},
    "contacts.OutsideContact": {"body_title", "consent_note"},
}  # fmt: skip
OF_THE_WHOLE_PAPER = {  # rooms that a role sees as a whole or not at all
    "conclusions": "conclusion.view", "attestation": "attestation.view", "disclosures": "disclosure.view",
    "consents": "consent.withdraw",
    "retention": "retention.view", "registers": "journal.view", "documents": "paper.read",
    "worksheets": "examination.view", "access": "child.emergency_review",
}  # fmt: skip
FORMATS = ("", "?format=csv", "?format=print")  # a workbook has the columns of the table in plain text
RISK = str(PreventionRecord.Body.SCHOOL.label)
PEOPLE = ("own registrar", "own commission_head", "own commission_specialist", "own class_teacher")
# Not on the card of a child: a commission has no texts of support, and its sheets have pages of their own.
ELSEWHERE = {"special_texts", "support_texts"}


def actor(role: Role) -> Actor:
    return Actor(user=None, organisation=None, roles=frozenset({role}))


def class_of(where: str) -> str:
    """The class of a marked field: «children.Guardian.phone» is «contacts»."""
    label, name = where.rsplit(".", 1)
    model = next(one for one in owned_models() if one._meta.label == label)
    return str(getattr(model, "field_classes", {}).get(name, ""))


def found_classes(world: World, text: str) -> set[str]:
    found = {one for where in world.own_marks.found(text) if (one := class_of(where))}
    return found | ({"risk_marks"} if RISK in text else set())


def pages(world: World) -> Iterator[tuple[str, str, str]]:
    """Each address that shows something: its name, the address, the code of the form if it is a printed one."""
    for name in sorted(ROUTES):
        declared: Route = ROUTES[name].callback.route
        if "GET" not in declared.methods or not declared.signed_in or name == "documents:case_form":
            continue
        for query in FORMATS if declared.model is None else ("",):
            yield name, address(world, name, declared) + query, ""
    for status in (Status.PAPERS, Status.DISCUSSION, Status.SIGNED):
        case = world.house.cases[status]
        yield "cases:case", reverse("cases:case", args=[case.public_id]), ""
        yield "children:child", reverse("children:child", args=[case.child.public_id]), ""
        for code in CASE_FORMS:
            yield code, reverse("documents:case_form", kwargs={"public_id": case.public_id, "code": code}), code
    sheet = world.house.cases[Status.EXAMINATION].examinations.first()
    yield "examinations:sheet", reverse("examinations:sheet", args=[sheet.public_id]), ""


def shown_to(world: World, person: Person) -> Iterator[tuple[str, str, set[str]]]:
    for name, target, code in pages(world):
        with cell():
            yield name, code, found_classes(world, text_of(person.client.get(target)))


@pytest.mark.django_db
@pytest.mark.parametrize("label", PEOPLE)
def test_no_page_list_export_or_paper_shows_a_class_that_the_role_does_not_see(
    label: str, world: World, record_property: Any
):
    person = world.person(label)
    role = next(iter(person.roles))
    hidden, seen, wrong, count = hidden_from(actor(role)), set[str](), [], 0
    for name, code, classes in shown_to(world, person):
        count += 1
        seen |= classes
        by_law = {one for one in classes if code in field_class(one).papers}
        if classes & hidden - by_law:
            wrong.append(f"{name} {code}: {sorted(classes & hidden - by_law)}")
    record_property("field_pages", count)
    assert wrong == []
    assert count > 150
    assert seen >= set(field_classes()) - hidden, "what the role may see it does see: the search works"


@pytest.mark.django_db
def test_where_something_is_withheld_the_place_says_who_sees_it(world: World):
    child = world.house.cases[Status.PAPERS].child
    for label in (*PEOPLE, "own director", "own curator"):
        person = world.person(label)
        role = actor(next(iter(person.roles)))
        with cell():
            page = text_of(person.client.get(reverse("children:child", args=[child.public_id]))).replace("\xa0", " ")
        for code in field_classes():
            told = field_class(code).who_for(role) in page
            hidden = not sees(role, code) and code not in ELSEWHERE
            assert told == hidden, (label, code)


@pytest.mark.django_db
def test_a_form_of_the_familys_documents_is_not_printed_nor_offered_to_whoever_does_not_see_them(world: World):
    vera, anna = world.person("own commission_specialist"), world.person("own registrar")
    case = world.house.cases[Status.PAPERS]
    for code in ("application", "consent_child", "consent_guardian"):
        target = reverse("documents:case_form", kwargs={"public_id": case.public_id, "code": code})
        with cell():
            assert vera.client.get(target).status_code == 403
            assert anna.client.get(target).status_code == 200
            assert target not in text_of(vera.client.get(reverse("cases:case", args=[case.public_id])))


def test_every_text_of_a_child_has_a_class_or_is_open():
    for model in owned_models():
        classes = getattr(model, "field_classes", {})
        assert set(classes.values()) <= set(field_classes()), model
        room = model._meta.app_label
        if getattr(model, "person_path", "") or model._meta.label == "children.Guardian":
            texts = {field.name for field in text_fields(model)}
            left = texts - set(classes) - OPEN.get(model._meta.label, set())
            assert not left or room in OF_THE_WHOLE_PAPER, (model._meta.label, left)


def test_the_table_speaks_of_every_role_and_nobody_edits_what_he_does_not_see():
    for one in field_classes().values():
        assert one.edits <= one.sees
        assert not one.sees & IMPERSONAL_ROLES
        assert one.reason
        assert one.clause
        assert one.who.startswith(one.hidden)
    assert not sees(None, "contacts")
    assert not sees(actor(SPECIALIST), "contacts")
    assert sees(actor(Role.CLASS_TEACHER), "contacts")
    assert not sees(actor(Role.CLASS_TEACHER), "diagnoses")
    assert sees(actor(Role.PARENT), "diagnoses")
    assert not any(edits(actor(Role.PARENT), code) for code in field_classes())
    with pytest.raises(KeyError):
        sees(actor(SPECIALIST), "no such class")
