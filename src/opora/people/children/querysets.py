"""How children are found and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import Child, Guardian


class ChildQuerySet(OwnedQuerySet["Child"]):
    def with_place(self) -> Self:
        """With what a list row shows, in a fixed number of queries."""
        return self.prefetch_related("enrolments__school", "guardianships__guardian")


class GuardianQuerySet(OwnedQuerySet["Guardian"]):
    pass
