"""Signals and screenings on the child's page."""

from __future__ import annotations

from typing import Any

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child

from .models import Concern, ScreeningResult
from .shown import COLOURS, reads_mark, reads_words, signs_of

SHOWN = 20


def child_signals(actor: Actor, child: Child) -> dict[str, Any]:
    """Context of the panel; two queries."""
    concerns = Concern.objects.visible_to(actor).filter(child=child).select_related("author", "psychologist__user")
    results: list[ScreeningResult] = []
    if may(actor, "screening.view"):
        rows = ScreeningResult.objects.visible_to(actor).filter(child=child).select_related("screening")
        results = list(rows.order_by("-screening__held_on")[:SHOWN])
    lines = [
        {
            "concern": one, "colour": COLOURS[Concern.State(one.state)], "is_marked": reads_mark(actor, one),
            "signs": signs_of(one) if reads_words(actor, one) else [],
        }
        for one in concerns[:SHOWN]
    ]  # fmt: skip
    return {"child": child, "lines": lines, "results": results, "can_raise": may(actor, "concern.raise")}


panel("child", 32, "Сигналы и скрининги", "signals/child_signals.html", "concern.view", child_signals)
