"""The log keeps the narrowing of a talk that a mark of risk brought: its events are for those who may see it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_ROLES, Role
from opora.foundation.audit.querysets import hide_events
from opora.foundation.audit.services import type_of

from .models import AgendaItem, AgendaSection, ConsiliumOpinion, Participant, ReferralToCommission


@hide_events
def of_hidden_talks(actor: Actor) -> Q | None:
    """None where nothing is hidden: for those who see all of them, and for a commission, which has none."""
    if Role.CONSILIUM_CHAIR in actor.roles or not actor.roles & SCHOOL_ROLES:
        return None
    marked = AgendaItem.objects.of(actor.at).filter(concern__suicide_risk=True)
    own = AgendaItem.objects.kept_for(actor).filter(concern__suicide_risk=True).order_by().values("pk")
    hidden = dict(marked.exclude(pk__in=own).order_by().values_list("pk", "public_id"))
    if not hidden:
        return None
    told = Q(subject_type=type_of(AgendaItem()), subject_id__in=hidden.values())
    parts: tuple[Any, ...] = (AgendaSection, ConsiliumOpinion, Participant, ReferralToCommission)
    for model in parts:
        rows = model.objects.of(actor.at).filter(item__in=hidden).order_by()
        told |= Q(subject_type=type_of(model()), subject_id__in=rows.values("public_id"))
    return told
