"""How children are found and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import Child, Guardian  # noqa: F401


class ChildQuerySet(OwnedQuerySet["Child"]):
    def with_place(self) -> Self:
        """With what a list row shows, in a fixed number of queries."""
        return self.prefetch_related("enrolments__school", "guardianships__guardian")

    def siblings_of(self, child: Child) -> Self:
        """Other children of the register whom one of the child's guardians represents too."""
        return self.filter(guardianships__guardian__guardianships__child=child).exclude(pk=child.pk).distinct()


class GuardianQuerySet(OwnedQuerySet["Guardian"]):
    def addresses(self) -> list[str]:
        """Addresses that are known already, to be offered while one is typed."""
        known = self.exclude(registered_address="").values_list("registered_address", flat=True)
        return list(known.order_by("registered_address").distinct()[:300])
