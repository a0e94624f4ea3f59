"""How plans are read: the leads and the director see all, others their own, those of the service, approved ones.

An approved plan that is open for changes stays with its readers: they are shown its approved version (`versions.py`).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import WHOLE_REGISTER
from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import PlanItem, PlanVersion, WorkPlan  # noqa: F401


def _readable(actor: Actor, prefix: str = "") -> Q:
    own = {f"{prefix}owner__user": actor.user}
    common = Q(**{f"{prefix}owner__isnull": True}) | Q(**{f"{prefix}number__isnull": False})
    return Q(**own) | common


def reads_all(actor: Any) -> bool:
    """Whether every plan is read as it stands."""
    return actor is None or actor.organisation is None or bool(actor.roles & WHOLE_REGISTER)


class WorkPlanQuerySet(OwnedQuerySet["WorkPlan"]):
    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        return rows if reads_all(actor) else rows.filter(_readable(actor))

    def meeting(self, starts_on: date, ends_on: date) -> Self:
        """Those whose term meets the days."""
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)

    def with_people(self) -> Self:
        return self.select_related("owner__user", "approved_by")


class PlanItemQuerySet(OwnedQuerySet["PlanItem"]):
    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if reads_all(actor):
            return rows
        own = Q(plan__owner__user=actor.user) | Q(plan__owner__isnull=True)
        return rows.filter(own | Q(approved_in__isnull=False))

    def meeting(self, starts_on: date, ends_on: date) -> Self:
        """Those whose days meet the days, and that are not taken off."""
        return self.filter(dropped_on__isnull=True, starts_on__lte=ends_on, ends_on__gte=starts_on)


class PlanVersionQuerySet(OwnedQuerySet["PlanVersion"]):
    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        return rows if reads_all(actor) else rows.filter(_readable(actor, "plan__"))
