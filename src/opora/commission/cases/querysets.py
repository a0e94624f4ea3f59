"""How cases are read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from opora.foundation.organisations.querysets import OwnedQuerySet

from .flow import OPEN

if TYPE_CHECKING:
    from .models import Case  # noqa: F401


class CaseQuerySet(OwnedQuerySet["Case"]):
    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def late_on(self, day: date) -> Self:
        return self.open().filter(due_on__lt=day)

    def with_child(self) -> Self:
        return self.select_related("child", "organisation")
