"""Results of screenings that ask for a planned meeting, for this room's page and for the room of meetings."""

from __future__ import annotations

from opora.foundation.accounts.actors import Actor

from .models import ScreeningResult
from .querysets import ScreeningResultQuerySet


def attention_list(actor: Actor) -> ScreeningResultQuerySet:
    """Results above ordinary attention that nobody has decided on, as this actor may see them."""
    return ScreeningResult.objects.visible_to(actor).waiting().select_related("child", "screening__school_class")


def waits_until(result: ScreeningResult) -> str:
    """«late» for a mark of risk, «soon» for special attention: the colour beside the words."""
    if result.suicide_risk:
        return "late"
    return "soon" if result.level == ScreeningResult.Level.SPECIAL else "neutral"
