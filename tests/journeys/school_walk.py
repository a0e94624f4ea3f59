"""The pages of a school, each once, by the person who works on it: for the tests of the look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from opora.foundation.access.actors import actor_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting
from opora.school.duties.models import BroughtConclusion
from opora.school.presentations.models import Presentation
from opora.school.programmes.models import Programme
from opora.school.pupils.models import SchoolClass
from opora.school.signals.models import Concern, Screening

from .walk import Page, page, person

CHAIR, DIRECTOR, TEACHER = Role.CONSILIUM_CHAIR, Role.DIRECTOR, Role.CLASS_TEACHER
SPECIALIST, CURATOR = Role.SCHOOL_SPECIALIST, Role.CURATOR
SCHOOL_PEOPLE = (CHAIR, DIRECTOR, TEACHER, SPECIALIST, CURATOR)
LISTS = (
    "pupils:classes", "signals:list", "signals:new", "signals:screenings", "signals:attention", "signals:terms",
    "presentations:list", "duties:list", "consilium:meetings", "consilium:plan", "consilium:waiting",
    "consilium:settings", "programmes:list", "programmes:board", "programmes:bank", "programmes:bank_new",
)  # fmt: skip


def general_school_pages() -> Iterator[Page]:
    """Pages that exist without a single pupil."""
    for role in SCHOOL_PEOPLE:
        yield page(role, "desk", note=role)
    for name in LISTS:
        yield page(CHAIR, name)
    for role in (SPECIALIST, TEACHER):
        yield page(role, "programmes:mine", note=role)


def known(model: Any, actor: Actor) -> QuerySet[Any]:
    return model.objects.visible_to(actor).order_by("-pk")


def school_pages(at: Organisation) -> list[Page]:
    """Every page of the road from a concern to a finished programme, at a school that is full of work."""
    chair = actor_of(person(at, CHAIR), on=timezone.localdate(), organisation=at)
    return [
        *general_school_pages(), *_signals(chair), *_meetings(chair), *_programmes(chair), *_pupils(chair),
        *_papers(chair),
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
