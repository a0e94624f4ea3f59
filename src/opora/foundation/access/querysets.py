"""How positions and undertakings are read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from opora.foundation.accounts.roles import ANSWERABLE
from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import EmergencyAccess, Freeze, Position, Undertaking  # noqa: F401


class PositionQuerySet(models.QuerySet["Position"]):
    def held_on(self, day: date) -> Self:
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), started_on__lte=day)

    def visible_to(self, actor: Any) -> Self:
        """Colleagues of the same organisation."""
        if actor is None or actor.organisation is None:
            return self.none()
        return self.filter(organisation=actor.organisation)


class UndertakingQuerySet(models.QuerySet["Undertaking"]):
    def visible_to(self, actor: Any) -> Self:
        if actor is None or actor.organisation is None:
            return self.none()
        return self.filter(organisation=actor.organisation)


class FreezeQuerySet(OwnedQuerySet["Freeze"]):
    def in_force(self) -> Self:
        return self.filter(lifted_at__isnull=True)


class EmergencyQuerySet(OwnedQuerySet["EmergencyAccess"]):
    def kept_for(self, actor: Any) -> Self:
        """Those who answer for the processing see all of them, everyone else his own."""
        rows = super().kept_for(actor)
        if actor is None or actor.user is None or actor.roles & ANSWERABLE:
            return rows
        return rows.filter(user=actor.user)

    def running(self, now: datetime) -> Self:
        """Those that open a file at this moment."""
        return self.filter(expires_at__gt=now, ended_at__isnull=True)

    def unreviewed(self) -> Self:
        return self.filter(reviewed_at__isnull=True)
