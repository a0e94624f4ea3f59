"""Who proposes cards of support, who is asked, who reads them, and whom that makes known."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from opora.foundation.access.actions import declare
from opora.foundation.access.knowledge import declare_knowledge
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

from .models import CardDecision, DecisionVote, SupportCard

SERVICE = frozenset({Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST})
READERS = SERVICE | {Role.CONSILIUM_CHAIR, Role.DIRECTOR, Role.CURATOR}

CARD_VIEW = declare("card.view", "Чтение карт сопровождения", READERS)
CARD_PROPOSE = declare("card.propose", "Предложение открыть карту сопровождения", SERVICE)
CARD_WRITE = declare("card.write", "Ведение карты сопровождения", SERVICE)
CARD_VOTE = declare("card.vote", "Слово специалиста в совместном решении", SERVICE)
CARD_HEAD = declare("card.head", "Ведущий карты и освобождение от слова", {Role.SERVICE_HEAD})


def _held(path: str) -> Q:
    today = timezone.localdate()
    return Q(**{f"{path}__ended_on__isnull": True}) | Q(**{f"{path}__ended_on__gte": today})


@declare_knowledge("decision__card__child__public_id")
def of_the_decision(actor: Actor) -> QuerySet[Any]:
    """Whoever is asked for his word knows the child as long as the decision waits."""
    waiting = DecisionVote.objects.filter(decision__outcome=CardDecision.Outcome.WAITING)
    return waiting.filter(_held("position"), position__user=actor.user)


@declare_knowledge("child__public_id")
def of_the_card(actor: Actor) -> QuerySet[Any]:
    """Whoever leads a card knows the child until the card is closed."""
    in_work = (SupportCard.State.PROPOSED, SupportCard.State.OPEN)
    return SupportCard.objects.filter(_held("lead"), lead__user=actor.user, state__in=in_work)
