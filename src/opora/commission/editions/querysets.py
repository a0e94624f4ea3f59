"""How a commission reads the values that it has confirmed itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import ConfirmedValue  # noqa: F401


class ConfirmedValueQuerySet(OwnedQuerySet["ConfirmedValue"]):
    def latest_ones(self) -> Self:
        """The last word on each entry, annulments among them."""
        return self.filter(successor=None)

    def in_force(self) -> Self:
        return self.latest_ones().filter(is_annulment=False)

    def of_entry(self, edition: str, table: str, code: str) -> Self:
        return self.filter(edition=edition, table=table, code=code)
