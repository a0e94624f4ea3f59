"""A pupil leaves, or its consent is withdrawn: the card of support is closed."""

from __future__ import annotations

from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.people.consents.ending import when_processing_stops
from opora.school.pupils.leaving import when_pupil_leaves

from .models import SupportCard
from .services.leading import card_end


def _end(actor: Actor, child: Child, on: date, reason: SupportCard.CloseReason) -> None:
    for one in SupportCard.objects.of(actor.at).filter(child=child, state__in=("proposed", "open")):
        card_end(actor=actor, card=one, on=on, reason=reason)


@when_pupil_leaves
def cards_close(actor: Actor, child: Child, on: date) -> None:
    """The card that is in work ends on the day."""
    _end(actor, child, on, SupportCard.CloseReason.LEFT)


@when_processing_stops
def cards_stop(actor: Actor, child: Child, on: date) -> None:
    """Without the family's consent nobody leads a card, and none waits for words; a new one is proposed anew."""
    _end(actor, child, on, SupportCard.CloseReason.PARENTS)
