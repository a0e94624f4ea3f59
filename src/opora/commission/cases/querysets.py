"""How cases are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from opora.foundation.organisations.querysets import OwnedQuerySet

from .flow import OPEN

if TYPE_CHECKING:
    from .models import Case  # noqa: F401


class CaseQuerySet(OwnedQuerySet["Case"]):
    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def with_child(self) -> Self:
        return self.select_related("child", "organisation")
