"""How positions and undertakings are read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .models import Position, Undertaking  # noqa: F401


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
