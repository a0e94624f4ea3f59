"""The log keeps the narrowing too: an event of a row with a mark of risk is for those who may see the row."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_ROLES, Role
from opora.foundation.audit.querysets import hide_events
from opora.foundation.audit.services import type_of

from .models import AdditionalExamination, Concern, ScreeningResult


@hide_events
def of_marked_rows(actor: Actor) -> Q | None:
    """None where nothing is hidden: for those who see all of them, and for a commission, which has none."""
    if Role.CONSILIUM_CHAIR in actor.roles or not actor.roles & SCHOOL_ROLES:
        return None
    told = Q()
    for model in (ScreeningResult, Concern, AdditionalExamination):
        if hidden := _hidden(model, actor):
            told |= Q(subject_type=type_of(model()), subject_id__in=hidden)
    return told or None


def _hidden(model: Any, actor: Actor) -> list[str]:
    """Ids of the few rows of a model that the actor may not see for their mark."""
    path = "concern__suicide_risk" if model is AdditionalExamination else "suicide_risk"
    marked = model.objects.of(actor.at).filter(**{path: True})
    own = model.objects.kept_for(actor).filter(**{path: True}).order_by().values("pk")
    return list(marked.exclude(pk__in=own).order_by().values_list("public_id", flat=True))
