"""The support card on the child's page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.knowledge import may_change
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child

from .listing import state_of, state_words
from .models import SupportCard


def child_cards(actor: Actor, child: Child) -> dict[str, Any] | None:
    """The child's cards, the newest first, and the way to propose one."""
    today = timezone.localdate()
    rows = list(SupportCard.objects.visible_to(actor).filter(child=child).select_related("lead__user"))
    proposes = may(actor, "card.propose") and may_change(actor, child.public_id)
    proposes = proposes and not any(one.in_work for one in rows)
    if not rows and not proposes:
        return None
    cards = [{"row": one, "state": state_of(one, today), "words": state_words(one, today)} for one in rows]
    return {"cards": cards, "child": child, "proposes": proposes}


panel("child", 42, "Карта сопровождения", "cards/child_cards.html", "card.view", child_cards)
