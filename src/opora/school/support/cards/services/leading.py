"""Who leads a card; and the end of a card whose child has left, or whose processing stops."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from .. import events
from ..models import CardDecision, SupportCard
from .deciding import card_lock, post_require


@transaction.atomic
def lead_change(*, actor: Actor, card: SupportCard, lead: Position, on: date | None = None) -> SupportCard:
    """The head gives a card to another specialist. Raises Refusal for a card that is over."""
    require(actor, "card.head")
    require_own(actor, card)
    fresh = card_lock(card)
    if not fresh.in_work:
        raise Refusal("over", f"Карта {fresh.get_state_display()}: ведущего не меняют.")
    post_require(actor, lead, on or timezone.localdate())
    if fresh.lead_id == lead.pk:
        return fresh
    fresh.lead = lead
    fresh.full_clean()
    fresh.save()
    record(events.CARD_LED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


@transaction.atomic
def card_end(*, actor: Actor, card: SupportCard, on: date, reason: SupportCard.CloseReason) -> SupportCard:
    """The child has left the school, or its family has withdrawn the consent: nobody need answer any more.

    Called inside that deed, which has its own right.
    """
    fresh = card_lock(card)
    if not fresh.in_work:
        return fresh
    waiting = fresh.decisions.filter(outcome=CardDecision.Outcome.WAITING)
    for one in waiting:
        one.outcome, one.taken_on = CardDecision.Outcome.DROPPED, max(on, one.asked_on)
        one.save(update_fields=["outcome", "taken_on"])
    was_open = fresh.state == SupportCard.State.OPEN
    fresh.state = SupportCard.State.CLOSED if was_open else SupportCard.State.DECLINED
    fresh.closed_on = max(on, fresh.opened_on or fresh.proposed_on)
    fresh.close_reason = reason
    fresh.full_clean()
    fresh.save()
    left = reason == SupportCard.CloseReason.LEFT
    record(events.CARD_LEFT if left else events.CARD_STOPPED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh
