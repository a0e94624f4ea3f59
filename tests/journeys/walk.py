"""The pages of the path, and who works on each: what the tests of the look and of the keyboard walk through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.conclusions.models import Conclusion
from opora.commission.examinations.models import Examination, Session, Visit
from opora.commission.intake.models import DayTemplate, Paper, Place
from opora.foundation.access.actors import actor_of
from opora.foundation.access.models import EmergencyAccess, Position
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation
from opora.people.consents.models import Consent
from opora.people.disclosures.models import Disclosure

REGISTRAR, HEAD, SPECIALIST = Role.REGISTRAR, Role.COMMISSION_HEAD, Role.COMMISSION_SPECIALIST
PEOPLE = (REGISTRAR, HEAD, SPECIALIST)


@dataclass(frozen=True)
class Page:
    """`name` says the page and, where it matters, the state of its case."""

    name: str
    address: str
    role: Role


def page(role: Role, name: str, subject: Any = None, query: str = "", note: str = "") -> Page:
    address = reverse(name, args=[subject.public_id] if subject is not None else []) + query
    return Page(" ".join(filter(None, (name, note or query))), address, role)


def person(at: Organisation, role: Role) -> User:
    """Who holds the post at the commission; of several, the one with most sheets."""
    posts = Position.objects.filter(organisation=at, role=role, ended_on=None).select_related("user")
    return max(posts, key=lambda post: (post.user.examinations.filter(state="draft").count(), -post.pk)).user


def general_pages() -> Iterator[Page]:
    """Pages that exist without a single child."""
    for role in PEOPLE:
        yield page(role, "desk", note=role)
        yield page(role, "cases:list", note=role)
    for name in (
        "children:list", "children:new", "intake:board", "intake:setup", "intake:place_new", "intake:template_new",
        "intake:slots_open", "examinations:sessions", "examinations:plan", "conclusions:handovers",
        "journals:booking", "journals:examined", "journals:booking_print", "journals:examined_print", "ui:keys",
        "disclosures:list", "journals:disclosure", "journals:disclosure_print",
        "staff:list", "account_change_password", "mfa_index", "entrance:sessions",
    ):  # fmt: skip
        yield page(REGISTRAR, name)
    yield page(HEAD, "conclusions:list")
    yield page(HEAD, "staff:appoint")
    yield page(SPECIALIST, "staff:mine")
    yield page(SPECIALIST, "emergencies:new")
    yield page(HEAD, "emergencies:list")
    for name in ("children:list", "cases:list", "conclusions:list", "journals:examined"):
        yield page(HEAD, name, query="?format=print")
    yield page(REGISTRAR, "children:list", query="?q=щщщ")


def case_pages(at: Organisation) -> Iterator[Page]:
    """The page of a case in each state, for each of those who work on it, and the steps that are open in it."""
    for status in Status:
        cases = {role: case for role in PEOPLE if (case := known_case(at, role, status=status)) is not None}
        for role, case in cases.items():
            yield page(role, "cases:case", case, note=f"{status} {role}")
        for role, name in STEPS.get(status, ()):
            if role in cases:
                yield page(role, name, cases[role])


def known_case(at: Organisation, role: Role, **where: Any) -> Case | None:
    """The first case that the person of this role need know: a specialist works with some of the children."""
    actor = actor_of(person(at, role), on=timezone.localdate(), organisation=at)
    return Case.objects.visible_to(actor).filter(**where).order_by("pk").first()


def request_pages(at: Organisation) -> Iterator[Page]:
    """A request for information in each state that the region has, and its next step."""
    steps = {"received": (HEAD, "disclosures:decide"), "sent": (REGISTRAR, "disclosures:acknowledge")}
    for state in ("received", "sent", "acknowledged"):
        found = Disclosure.objects.filter(organisation=at, state=state).latest("pk")
        yield page(REGISTRAR, "disclosures:disclosure", found, note=state)
        if state in steps:
            yield page(*steps[state], found)
    yield page(HEAD, "disclosures:annul", Disclosure.objects.filter(organisation=at, state="received").latest("pk"))
    yield page(REGISTRAR, "disclosures:new", found.child)


STEPS: dict[Status, tuple[tuple[Role, str], ...]] = {
    Status.OPENED: ((REGISTRAR, "intake:receive"), (REGISTRAR, "intake:withdraw")),
    Status.PAPERS: (
        (REGISTRAR, "intake:papers"), (REGISTRAR, "intake:missing"), (REGISTRAR, "intake:accept_papers"),
        (HEAD, "intake:accept_papers"), (HEAD, "intake:refuse"),
    ),
    Status.READY: ((REGISTRAR, "intake:book"), (REGISTRAR, "intake:reopen_papers")),
    Status.BOOKED: (
        (REGISTRAR, "intake:book"), (REGISTRAR, "intake:unbook"), (REGISTRAR, "intake:miss"),
        (REGISTRAR, "examinations:case_arrive"),
    ),
    Status.EXAMINATION: ((HEAD, "examinations:case_discuss"), (SPECIALIST, "examinations:case_discuss")),
    Status.DISCUSSION: (
        (HEAD, "examinations:case_reexamine"), (HEAD, "conclusions:of_case"), (SPECIALIST, "conclusions:of_case"),
        (HEAD, "conclusions:sign"),
    ),
    Status.SIGNED: ((HEAD, "conclusions:annul"), (REGISTRAR, "conclusions:handover")),
    Status.HANDED: ((REGISTRAR, "conclusions:of_case"), (HEAD, "conclusions:of_case")),
}  # fmt: skip


def child_pages(at: Organisation) -> Iterator[Page]:
    """The child's file and the forms of its sections."""
    case = Case.objects.filter(organisation=at, status=Status.HANDED, child__diagnoses__isnull=False).latest("pk")
    child = case.child
    for role in PEOPLE:
        known = child if role != SPECIALIST else getattr(known_case(at, role), "child", None)
        if known is not None:
            yield page(role, "children:child", known, note=role)
    for name in (
        "edit", "names", "enrolment", "family", "disability_new", "diagnosis_new", "guardian_new",
    ):  # fmt: skip
        yield page(REGISTRAR, f"children:{name}", child)
    yield page(HEAD, "children:prevention_new", child)
    guardian = child.guardianships.first()
    yield page(REGISTRAR, "children:guardian_edit", guardian)
    yield page(REGISTRAR, "children:guardian_end", guardian)
    yield page(REGISTRAR, "children:guardian_names", guardian)
    yield page(REGISTRAR, "consents:new", child)
    consent = Consent.objects.filter(organisation=at, child=child).first()
    if consent is not None:
        yield page(REGISTRAR, "consents:withdraw", consent)
    fresh = Case.objects.filter(organisation=at, status=Status.HANDED).exclude(child=child).latest("pk")
    yield page(REGISTRAR, "intake:application_new", fresh.child)


def day_pages(at: Organisation) -> Iterator[Page]:
    """The reception, the board of the day, the sheets and the certified list."""
    opened = Case.objects.filter(organisation=at, status=Status.OPENED).earliest("pk")
    yield page(REGISTRAR, "intake:application_edit", opened.application)
    yield page(REGISTRAR, "intake:place_edit", Place.objects.filter(organisation=at).first())
    yield page(REGISTRAR, "intake:template_edit", DayTemplate.objects.filter(organisation=at).first())
    paper = Paper.objects.filter(organisation=at, case__status=Status.PAPERS).first()
    yield page(REGISTRAR, "intake:paper_edit", paper)
    visit = Visit.objects.filter(organisation=at, case__status=Status.EXAMINATION).first()
    for role in PEOPLE:
        yield page(role, "examinations:session", visit.session, note=role)
    closed = Session.objects.filter(organisation=at, state="closed").latest("day")
    yield page(HEAD, "journals:session", closed)
    yield page(HEAD, "examinations:session", closed, note="closed")
    specialist = person(at, SPECIALIST)
    own = Examination.objects.filter(organisation=at, specialist=specialist)
    for sheet in (own.filter(state="draft").first(), own.filter(state="finished").latest("pk")):
        if sheet is not None:
            yield page(SPECIALIST, "examinations:sheet", sheet, note=sheet.state)
    draft = own.filter(state="draft").first()
    if draft is not None:
        yield page(HEAD, "examinations:sheet", draft, note="head")
    signed = Conclusion.objects.filter(organisation=at, state="signed").latest("pk")
    yield page(SPECIALIST, "conclusions:sheet", signed, note="signed")


def pages_of(at: Organisation) -> list[Page]:
    """Every page of the path at a commission with cases in every state."""
    emergency = EmergencyAccess.objects.filter(organisation=at).order_by("pk").last()
    opened = [page(HEAD, "emergencies:access", emergency)] if emergency else []
    return [*general_pages(), *case_pages(at), *child_pages(at), *day_pages(at), *request_pages(at), *opened]
