"""How children are found and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

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
    def kept_for(self, actor: Any) -> Self:
        """Those who represent a child whom the actor needs to know."""
        rows: Self = self._of_children(super().kept_for(actor), "kept_for", actor)
        return rows

    def visible_to(self, actor: Any) -> Self:
        rows: Self = self._of_children(super().visible_to(actor), "visible_to", actor)
        return rows

    @staticmethod
    def _of_children(rows: Any, door: str, actor: Any) -> Any:
        from .models import Guardianship

        links = getattr(Guardianship.objects.all(), door)(actor)
        alone = Q(guardianships__isnull=True)  # a person just entered, who represents nobody yet
        return rows.filter(alone | Q(pk__in=links.values("guardian"))).distinct()

    def addresses(self) -> list[str]:
        """Addresses that are known already, to be offered while one is typed."""
        known = self.exclude(registered_address="").values_list("registered_address", flat=True)
        return list(known.order_by("registered_address").distinct()[:300])
