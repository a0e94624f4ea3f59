"""A card of Миша, as Полина proposes it and the others answer."""

from datetime import date
from typing import Any

from opora.school.support.cards.models import CardDecision, DecisionVote, SupportCard
from opora.school.support.cards.services import card_propose, vote_excuse, vote_give
from tests.school_cast import SchoolCast

TODAY = date(2026, 11, 21)


def propose(cast: SchoolCast, **changes: Any) -> SupportCard:
    """The head proposes: she knows every child; Полина leads."""
    known = {
        "actor": cast.actor(cast.irina), "child": cast.misha, "ground": "request", "lead": cast.post(cast.polina),
        "ground_note": "обращение мамы", "problems": "Не читает", "aims": "Читать", "on": TODAY,
    }  # fmt: skip
    return card_propose(**known | changes)


def waiting(card: SupportCard) -> CardDecision:
    return card.decisions.get(outcome="waiting")


def line_of(card: SupportCard, user: Any) -> DecisionVote:
    return waiting(card).votes.get(position__user=user)


def agree(cast: SchoolCast, card: SupportCard, *users: Any) -> SupportCard:
    for user in users:
        vote_give(actor=cast.actor(user), vote=line_of(card, user), answer="agree", on=TODAY)
    card.refresh_from_db()
    return card


def opened(cast: SchoolCast, **changes: Any) -> SupportCard:
    """Everybody is for it; Юлия has not signed the undertaking and is excused."""
    card = propose(cast, **changes)
    vote_excuse(
        actor=cast.actor(cast.irina), vote=line_of(card, cast.yulia), reason="не подписала обязательство", on=TODAY
    )
    return agree(cast, card, cast.polina, cast.larisa)
