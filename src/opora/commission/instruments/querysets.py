"""How filled instruments are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from opora.commission.cases.models import Case
    from opora.people.children.models import Child

    from .models import ScoredInstrument  # noqa: F401


class ScoredInstrumentQuerySet(OwnedQuerySet["ScoredInstrument"]):
    def of_child(self, child: Child) -> Self:
        """Filled at any examination of the child, in the order of days."""
        return self.filter(examination__case__child=child).order_by("filled_on", "pk")

    def of_case(self, case: Case) -> Self:
        """Filled at the examinations of one case."""
        return self.filter(examination__case=case).order_by("filled_on", "pk")

    def with_people(self) -> Self:
        return self.select_related("examination__case__child", "examination__visit__session", "user")
