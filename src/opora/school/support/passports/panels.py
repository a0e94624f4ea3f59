"""What is said of the family in social passports, on the child's file."""

from __future__ import annotations

from typing import Any

from opora.foundation.access.actions import may
from opora.foundation.access.knowledge import may_change
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child

from .models import FamilyFact
from .rows import is_seen


def child_passport(actor: Actor, child: Child) -> dict[str, Any] | None:
    """Context of the panel: facts in force and past ones, with who said so and when; one query. None: nothing said."""
    rows = FamilyFact.objects.visible_to(actor).filter(child=child).select_related("row", "recorded_by")
    seen = [one for one in rows.order_by("row__order", "-since_on") if is_seen(actor, one.row)]
    if not seen:
        return None
    return {
        "child": child,
        "facts": [one for one in seen if one.until_on is None],
        "past_facts": [one for one in seen if one.until_on is not None],
        "may_note": may(actor, "passport.fill") and may_change(actor, child.public_id),
    }


panel("child", 72, "Социальный паспорт", "passports/child_passport.html", "passport.view", child_passport)
