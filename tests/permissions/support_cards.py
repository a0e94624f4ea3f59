"""Support cards and requests for help in the house of the permission tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from opora.foundation.access.models import Position
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.people.children.models import Child
from opora.school.support.cards import services as carding
from opora.school.support.cards.models import DecisionVote
from opora.school.support.contacts import services as contacting
from opora.school.support.leading import services as leads
from opora.school.support.leading.models import QualityReview
from opora.school.support.worklog.models import WorkEntry

from .support_plans import scan_of

if TYPE_CHECKING:
    from .house import House


def cards(house: House, children: list[Child]) -> None:
    """A card of each child: opened by head and specialist, with a note; whether to go on is being asked."""
    head, specialist = (house.actor(house.school[role]) for role in (Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST))
    lead = Position.objects.get(organisation=house.place, user=specialist.person)
    for child in children:
        name = child.last_name
        card = carding.card_propose(
            actor=head, child=child, ground="request", ground_note=f"Просит: {name}", lead=lead,
            problems=f"Трудно: {name}", aims=f"Цель: {name}", on=house.today,
        )  # fmt: skip
        word = DecisionVote.objects.get(decision__card=card, position=lead)
        carding.vote_give(actor=specialist, vote=word, answer="agree", words=f"Согласна: {name}", on=house.today)
        card.refresh_from_db()
        carding.note_add(
            actor=specialist, card=card, sphere="learning", dynamics="up", text=f"Видно: {name}", on=house.today
        )
        carding.decision_ask(actor=head, card=card, kind="review", text=f"Дальше: {name}", on=house.today)


def contacts(house: House, children: list[Child]) -> None:
    """Help asked for each child by the specialist: answered with a scan, and still awaited."""
    specialist = house.actor(house.school[Role.SCHOOL_SPECIALIST])
    for child in children:
        for answered in (True, False):
            made = contacting.contact_make(
                actor=specialist, kind="help", child=child, ground="consent", consent_note=f"Мать: {child.last_name}",
                body=house.place, asked=f"Просим: {child.last_name}", asked_on=house.today,
            )  # fmt: skip
            if answered:
                contacting.contact_answer(
                    actor=specialist, contact=made, outcome="helped", answer=f"Ответ: {child.last_name}",
                    answered_on=house.today, scan=scan_of(house),
                )  # fmt: skip


POSTED: dict[str, Callable[[House, User], dict[str, Any]]] = {
    "cards:section": lambda h, user: {"text": "Читает", "version": "1"},
    "cards:vote": lambda h, user: {"answer": "agree"},
    "cards:note_add": lambda h, user: {"sphere": "speech", "dynamics": "same", "on": f"{h.today:%d.%m.%Y}"},
    "contacts:answer": lambda h, user: {"outcome": "helped", "answered_on": f"{h.today:%d.%m.%Y}"},
}


def leading(house: House) -> None:
    """A remark to an entry of the specialist that waits for mending, and a notice of an act."""
    head, specialist = (house.actor(house.school[role]) for role in (Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST))
    post = Position.objects.get(organisation=house.place, user=specialist.person)
    entry = WorkEntry.objects.create(
        organisation=house.place, position=post, on=house.today, minutes=40, kind="methods", direction="methods",
        audience="staff", topic="Методическое объединение",
    )  # fmt: skip
    review = QualityReview.objects.create(organisation=house.place, entry=entry, drawn_on=house.today)
    leads.review_save(actor=head, review=review, verdict="remarks", words="Опишите итог", on=house.today)
    leads.notice_tell(actor=head, act="law_273", on=house.today)


POSTED |= {
    "leading:draw": lambda h, user: {"month": "month", "count": "1"},
    "leading:judge": lambda h, user: {"verdict": "good"},
    "leading:tell": lambda h, user: {"act": "letter_1074"},
}

# Rights that are narrower than the role.
OWN_WORD = "a specialist says his own word and answers for his own entries; the head excuses and judges"
OWN_CONTACT = "a request for help is kept by whoever made it, and by the head of the service"
NARROWER = {
    **{("cards:vote", label): OWN_WORD for label in ("own, every role", "own service_head")},
    **{("leading:mended", label): OWN_WORD for label in (
        "own, every role", "own service_head", "own school_specialist, other case",
    )},
    ("leading:review", "own school_specialist, other case"): OWN_WORD,
    **{(f"contacts:{one}", "own consilium_chair"): OWN_CONTACT for one in ("answer", "change")},
}  # fmt: skip
