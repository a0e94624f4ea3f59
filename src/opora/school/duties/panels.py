"""The conclusions of ПМПК on the child's file at a school."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.knowledge import may_change
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child

from .listing import state_of
from .models import BroughtConclusion


def child_duties(actor: Actor, child: Child) -> dict[str, Any]:
    """Context of the panel: conclusions with their duties; two queries."""
    today = timezone.localdate()
    rows = BroughtConclusion.objects.visible_to(actor).filter(child=child)
    every = list(rows.select_related("commission").prefetch_related("duties__responsible__user"))
    return {
        "child": child,
        "brought_conclusions": [
            {
                "row": one,
                "in_force": one.is_in_force(today),
                "duties": [(duty, state_of(duty, today)) for duty in one.duties.all()],
            }
            for one in every
        ],
        "may_keep": may(actor, "duty.keep") and may_change(actor, child.public_id),
    }


panel("child", 45, "Заключения ПМПК и условия", "duties/child_duties.html", "duty.view", child_duties)
