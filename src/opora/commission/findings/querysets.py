"""How findings are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from opora.commission.cases.models import Case

    from .models import Finding  # noqa: F401


class FindingQuerySet(OwnedQuerySet["Finding"]):
    def of_case(self, case: Case) -> Self:
        """Those of all sheets of a case, the oldest first, with their authors; cleared ones left out."""
        return (
            self.filter(examination__case=case)
            .exclude(code="")
            .select_related("examination__case__child", "examination__position", "recorded_by")
            .order_by("recorded_at", "pk")
        )
