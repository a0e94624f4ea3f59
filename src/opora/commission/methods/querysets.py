"""How own methods and used ones are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import MethodUse, OwnMethod  # noqa: F401


class OwnMethodQuerySet(OwnedQuerySet["OwnMethod"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def for_speciality(self, speciality: str) -> Self:
        """Those of a speciality and those for every member."""
        return self.filter(speciality__in=("", speciality))


class MethodUseQuerySet(OwnedQuerySet["MethodUse"]):
    def of_sheet(self, examination_id: int) -> Self:
        return self.filter(examination_id=examination_id).order_by("pk")
