"""The pages of a school, each once, by the person who works on it: for the tests of the look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actors import actor_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting
from opora.school.duties.models import BroughtConclusion
from opora.school.presentations.models import Presentation
from opora.school.programmes.models import Programme
from opora.school.pupils.models import SchoolClass
from opora.school.signals.models import Concern, Screening
from opora.school.support.analysis.models import YearAnalysis
from opora.school.support.cards.models import SupportCard
from opora.school.support.contacts.models import OutsideContact
from opora.school.support.groups.models import Group, Lesson
from opora.school.support.leading.models import ActNotice, QualityReview
from opora.school.support.materials.models import Material
from opora.school.support.passports.models import SocialPassport
from opora.school.support.plans.models import WorkPlan
from opora.school.support.schedules.models import WorkSchedule
from opora.school.support.schoolyear.models import Cabinet
from opora.school.support.worklog.models import WorkEntry

from .walk import Page, page, person

CHAIR, DIRECTOR, TEACHER = Role.CONSILIUM_CHAIR, Role.DIRECTOR, Role.CLASS_TEACHER
SPECIALIST, CURATOR, HEAD = Role.SCHOOL_SPECIALIST, Role.CURATOR, Role.SERVICE_HEAD
SCHOOL_PEOPLE = (CHAIR, DIRECTOR, TEACHER, SPECIALIST, CURATOR, HEAD)
LISTS = (
    "pupils:classes", "signals:list", "signals:new", "signals:screenings", "signals:attention", "signals:terms",
    "presentations:list", "duties:list", "consilium:meetings", "consilium:plan", "consilium:waiting",
    "consilium:settings", "programmes:list", "programmes:board", "programmes:bank", "programmes:bank_new",
)  # fmt: skip
# What the head of the support service, a specialist and a class teacher open, with a child or without one.
SERVICE_LISTS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    (HEAD, (
        "leading:desk", "leading:coverage", "leading:lessons", "leading:drafts", "leading:prevention",
        "leading:quality", "leading:draw", "leading:law", "leading:tell", "groups:list", "groups:new",
        "schedules:list", "schedules:new", "schedules:timetables", "plans:list", "plans:new", "cards:list",
        "passports:list", "passports:school_begin", "passports:rows", "passports:row_add", "materials:list",
        "materials:new", "contacts:list", "contacts:new", "analysis:list", "schoolyear:settings", "worklog:journal",
        "worklog:hours", "journals:log", "journals:statistics",
    )),
    (SPECIALIST, (
        "worklog:day", "worklog:hours", "worklog:journal", "worklog:individual", "worklog:groups",
        "worklog:consultations", "worklog:diagnostics", "groups:list", "plans:list", "plans:new", "cards:list",
    )),
    (TEACHER, ("passports:list", "schedules:timetables")),
    (DIRECTOR, ("plans:list", "analysis:list", "leading:desk")),
)  # fmt: skip


def general_school_pages() -> Iterator[Page]:
    """Pages that exist without a single pupil."""
    for role in SCHOOL_PEOPLE:
        yield page(role, "desk", note=role)
    for name in LISTS:
        yield page(CHAIR, name)
    for role in (SPECIALIST, TEACHER):
        yield page(role, "programmes:mine", note=role)
    for role, names in SERVICE_LISTS:
        for name in names:
            yield page(role, name, note=role)


def known(model: Any, actor: Actor) -> QuerySet[Any]:
    return model.objects.visible_to(actor).order_by("-pk")


def school_pages(at: Organisation) -> list[Page]:
    """Every page of the road from a concern to a finished programme, at a school that is full of work."""
    chair = actor_of(person(at, CHAIR), on=timezone.localdate(), organisation=at)
    return [
        *general_school_pages(), *_signals(chair), *_meetings(chair), *_programmes(chair), *_pupils(chair),
        *_papers(chair), *_service(at),
    ]  # fmt: skip


def _signals(chair: Actor) -> Iterator[Page]:
    for state in ("raised", "examination", "confirmed"):
        for one in known(Concern, chair).filter(state=state)[:1]:
            yield page(CHAIR, "signals:concern", one, note=state)
    for one in known(Concern, chair).filter(state="confirmed")[:1]:
        yield page(CHAIR, "consilium:call_of_concern", one)
    for one in known(Screening, chair)[:1]:
        yield page(CHAIR, "signals:screening", one)


def _meetings(chair: Actor) -> Iterator[Page]:
    for state in ("planned", "held"):
        for meeting in known(ConsiliumMeeting, chair).filter(state=state)[:1]:
            yield page(CHAIR, "consilium:meeting", meeting, note=state)
            yield page(CHAIR, "consilium:protocol", meeting, note=state)
            if state == "planned":
                yield page(CHAIR, "consilium:item_add", meeting)
    for state in ("planned", "talk", "signed"):
        for item in known(AgendaItem, chair).filter(state=state)[:1]:
            yield page(CHAIR, "consilium:item", item, note=state)
            if state == "planned":
                yield page(CHAIR, "consilium:prepare", item)


def _programmes(chair: Actor) -> Iterator[Page]:
    steps = {
        "draft": ("draft",), "family": ("family", "versions"), "agreed": ("family",),
        "running": ("marks", "observations", "observe", "told", "ending", "draft"), "finished": ("ending",),
    }  # fmt: skip
    for state, names in steps.items():
        for one in known(Programme, chair).filter(status=state)[:1]:
            yield page(CHAIR, "programmes:programme", one, note=state)
            for name in names:
                yield page(CHAIR, f"programmes:{name}", one, note=state)
            if state == "agreed":
                yield page(DIRECTOR, "programmes:approve", one)


def _pupils(chair: Actor) -> Iterator[Page]:
    child = known(Programme, chair).filter(status="running")[0].child
    yield page(CHAIR, "children:child", child)
    for name in ("pupils:consent_new", "presentations:request", "programmes:begin", "consilium:call"):
        yield page(CHAIR, name, child)
    for room in known(SchoolClass, chair)[:1]:
        for name in ("class", "add", "paste"):
            yield page(CHAIR, f"pupils:{name}", room)


def _papers(chair: Actor) -> Iterator[Page]:
    for state in ("draft", "finished"):
        for one in known(Presentation, chair).filter(state=state)[:1]:
            yield page(CHAIR, "presentations:sheet", one, note=state)
    for one in known(BroughtConclusion, chair)[:1]:
        yield page(CHAIR, "duties:brought", one)


def _service(at: Organisation) -> Iterator[Page]:
    """The rooms of the support service, each with its rows in every state."""
    today = timezone.localdate()
    head, specialist = (actor_of(person(at, one), on=today, organisation=at) for one in (HEAD, SPECIALIST))
    yield from _written(head, specialist)
    yield from _lessons(specialist)
    yield from _cards(head, specialist)
    yield from _passports(head)
    yield from _year(head)


def _written(head: Actor, specialist: Actor) -> Iterator[Page]:
    """Plans, schedules and materials on every step of their path."""
    for state, role in (("draft", SPECIALIST), ("submitted", HEAD), ("examined", DIRECTOR), ("approved", HEAD)):
        for plan in known(WorkPlan, head).filter(status=state)[:1]:
            yield page(role, "plans:plan", plan, note=state)
        for schedule in known(WorkSchedule, head).filter(status=state)[:1]:
            yield page(role, "schedules:schedule", schedule, note=state)
            if state == "draft":
                yield page(SPECIALIST, "schedules:slot_new", schedule)
                yield page(SPECIALIST, "schedules:term", schedule)
                yield page(SPECIALIST, "schedules:slot", schedule.slots.first())
            if state == "approved":
                yield page(SPECIALIST, "schedules:month", schedule)
                yield page(SPECIALIST, "schedules:lessons", schedule)
    for plan in known(WorkPlan, head).filter(versions__isnull=False)[:1]:
        yield page(HEAD, "plans:versions", plan)
    for state in ("in_use", "draft", "submitted", "retired"):
        for one in known(Material, specialist).filter(status=state)[:1]:
            yield page(SPECIALIST, "materials:material", one, note=state)
            if state == "draft":
                yield page(SPECIALIST, "materials:edit", one)
    for room in known(SchoolClass, head)[:1]:
        yield page(HEAD, "schedules:timetable", room)
    for cabinet in known(Cabinet, head)[:1]:
        yield page(HEAD, "schoolyear:cabinet", cabinet)


def _lessons(specialist: Actor) -> Iterator[Page]:
    """Groups with their lessons, and what is logged."""
    own = known(Group, specialist).filter(leader__user=specialist.user)
    for group in own.filter(closed_on=None, members__isnull=False, lessons__entry__isnull=False).distinct()[:1]:
        for name in ("group", "edit", "join", "series", "close"):
            yield page(SPECIALIST, f"groups:{name}", group)
        yield page(SPECIALIST, "worklog:grid", group)
        for member in group.members.filter(left_on=None)[:1]:
            yield page(SPECIALIST, "groups:leave", member)
            yield page(SPECIALIST, "groups:outcome", member)
    for group in own.exclude(closed_on=None)[:1]:
        yield page(SPECIALIST, "groups:group", group, note="closed")
    for lesson in known(Lesson, specialist).filter(entry=None, group__leader__user=specialist.user)[:1]:
        yield page(SPECIALIST, "groups:lesson", lesson)
    for entry in known(WorkEntry, specialist).filter(is_draft=False, kind="individual")[:1]:
        yield page(SPECIALIST, "worklog:entry", entry)
        yield page(HEAD, "worklog:entry", entry, note="head")
    for draft in known(WorkEntry, specialist).filter(is_draft=True, position__user=specialist.user)[:1]:
        yield page(SPECIALIST, "worklog:day", query=f"?entry={draft.public_id}")


def _cards(head: Actor, specialist: Actor) -> Iterator[Page]:
    """Cards that are open and that wait for words; requests for help, answered and not."""
    for state in ("proposed", "open"):
        for card in known(SupportCard, specialist).filter(state=state)[:1]:
            yield page(SPECIALIST, "cards:card", card, note=state)
    for card in known(SupportCard, specialist).filter(state="open", decisions__outcome="taken").order_by("pk")[:1]:
        yield page(HEAD, "cards:card", card, note="head")
        yield page(HEAD, "cards:lead", card)
        yield page(HEAD, "cards:close", card)
        yield page(HEAD, "children:child", card.child, note="head")
        yield page(SPECIALIST, "contacts:new_about", card.child)
    without = known(Child, head).filter(support_cards=None, placements__isnull=False)
    for child in without[:1]:
        yield page(HEAD, "cards:propose", child)
    for outcome in ("", "helped"):
        for contact in known(OutsideContact, specialist).filter(outcome=outcome)[:1]:
            yield page(SPECIALIST, "contacts:contact", contact, note=outcome)


def _passports(head: Actor) -> Iterator[Page]:
    of_class, of_school = (known(SocialPassport, head).filter(school_class__isnull=one) for one in (False, True))
    for state in ("draft", "submitted", "approved"):
        for one in of_class.filter(status=state)[:1]:
            yield page(HEAD, "passports:passport", one, note=state)
            if state == "draft":
                yield page(HEAD, "passports:sheet", one)
                yield page(HEAD, "passports:sheet", one, query="?section=99")
    for state, role in (("draft", HEAD), ("examined", DIRECTOR)):
        for one in of_school.filter(status=state)[:1]:
            yield page(role, "passports:passport", one, note=f"school {state}")
            if state == "draft":
                yield Page("passports:behind", reverse("passports:behind", args=[one.public_id, "all_pupils"]), HEAD)


def _year(head: Actor) -> Iterator[Page]:
    """The analysis of this year and of the last one, a sample of quality, a notice."""
    for state, role in (("draft", HEAD), ("approved", DIRECTOR)):
        for one in known(YearAnalysis, head).filter(status=state)[:1]:
            yield page(role, "analysis:analysis", one, note=state)
            yield page(role, "analysis:figure", one, query="?table=directions")
    for review in known(QualityReview, head)[:1]:
        yield page(HEAD, "leading:review", review)
    for notice in known(ActNotice, head)[:1]:
        yield page(HEAD, "leading:notice", notice)
