"""Who reads what of a card besides his own work.

The card is where the specialists of complex support meet (001, 5.1): whoever leads it or is asked about it now sees
how much was done, by whom, and what was measured. Words of the log stay with their author and the head.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from opora.foundation.access.knowledge import knows_all
from opora.foundation.accounts.actors import Actor

from ..worklog.models import EntryChild
from .models import CardDecision, SupportCard


def takes_part(actor: Actor, card: SupportCard) -> bool:
    """The lead of a card in work, and those who are asked about it now."""
    if actor.user is None:
        return True
    if not card.in_work:
        return False
    if card.lead.user_id == actor.user.pk:
        return True
    waiting = card.decisions.filter(outcome=CardDecision.Outcome.WAITING)
    return waiting.filter(votes__position__user=actor.user).exists()


def work_with(actor: Actor, card: SupportCard, *, until: date | None = None) -> QuerySet[EntryChild]:
    """Finished entries of the log with this child that the reader of the card may count."""
    if knows_all(actor) or not takes_part(actor, card):
        rows: QuerySet[EntryChild] = EntryChild.objects.visible_to(actor)
    else:
        rows = EntryChild.objects.of(actor.at)
    last = Q(entry__on__lte=until) if until else Q()
    return rows.filter(last, child=card.child_id, entry__is_draft=False).order_by()
