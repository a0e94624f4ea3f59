"""A school whose support service has a paper, a child and a lesson in every state, for the tests that walk its pages.

The rows are those of the house of the permission tests, laid into a school of the demonstration.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from opora.foundation.access.actors import actor_of
from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.foundation.files.services import file_store
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.school.pupils.models import Placement, SchoolClass
from opora.school.support.cards import services as carding
from opora.school.support.cards.models import DecisionVote, SupportCard
from tests.permissions import (
    support_analysis,
    support_cards,
    support_passports,
    support_plans,
    support_schedules,
    support_worklog,
)

from .walk import person

WORKERS = (Role.DIRECTOR, Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST, Role.CLASS_TEACHER, Role.CONSILIUM_CHAIR)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MOST = 4  # children of the service


@dataclass(frozen=True)
class Schoolhouse:
    """As much of a house as the rooms of the support service ask for."""

    place: Organisation
    school: dict[Role, User]
    today: date
    surname: str = "Список"

    def actor(self, user: User) -> Actor:
        return actor_of(user, on=self.today, organisation=self.place)


def furnish(at: Organisation) -> None:
    """Everything that the service writes, about the first children of the class of the first teacher."""
    school = {role: person(at, role) for role in WORKERS}
    house = cast(Any, Schoolhouse(at, school, timezone.localdate()))
    children = pupils(at, school[Role.CLASS_TEACHER])
    head = house.actor(school[Role.SERVICE_HEAD])
    file_store(actor=head, upload=SimpleUploadedFile("scan.pdf", PDF, "application/pdf"))
    support_plans.year(house)
    support_plans.bank(house)
    support_plans.plans(house)
    support_schedules.groups(house, children)
    support_schedules.schedules(house)
    cards(house, children)
    support_cards.contacts(house, children)
    support_cards.leading(house)
    support_worklog.worklog(house, children)
    support_passports.passports(house, children)
    support_analysis.analyses(house)


def pupils(at: Organisation, teacher: User) -> list[Child]:
    room = SchoolClass.objects.filter(organisation=at, teacher__user=teacher).latest("pk")
    there = Placement.objects.present().filter(school_class=room)
    return list(Child.objects.filter(placements__in=there).order_by("pk")[:MOST])


def cards(house: Schoolhouse, children: list[Child]) -> None:
    """A card that waits for words, one that is led with a note, one whose going on is being asked."""
    head, specialist = (house.actor(house.school[one]) for one in (Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST))
    lead = Position.objects.get(organisation=house.place, user=house.school[Role.SCHOOL_SPECIALIST])
    for number, child in enumerate(children[:3]):
        card = carding.card_propose(
            actor=head, child=child, ground="request", ground_note="Просит классный руководитель", lead=lead,
            problems="Письмо с ошибками, устаёт", aims="Письмо без ошибок", on=house.today,
        )  # fmt: skip
        if number:
            _opened(house, card)
            carding.note_add(
                actor=specialist, card=card, sphere="learning", dynamics="up", text="Читает целыми словами",
                on=house.today,
            )  # fmt: skip
        if number > 1:
            carding.decision_ask(actor=head, card=card, kind="review", text="Продолжать до мая", on=house.today)


def _opened(house: Schoolhouse, card: SupportCard) -> None:
    """Everybody who is asked agrees."""
    for word in DecisionVote.objects.filter(decision__card=card, answer="waiting").select_related("position__user"):
        asker = house.actor(word.position.user)
        carding.vote_give(actor=asker, vote=word, answer="agree", words="Согласна", on=house.today)
    card.refresh_from_db()
