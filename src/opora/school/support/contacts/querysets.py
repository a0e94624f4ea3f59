"""How requests for help are read: one's own, and all of them for those who lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import OutsideContact  # noqa: F401

READ_ALL = frozenset({Role.SERVICE_HEAD, Role.DIRECTOR, Role.CONSILIUM_CHAIR})


class OutsideContactQuerySet(OwnedQuerySet["OutsideContact"]):
    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if actor is None or actor.user is None or actor.roles & READ_ALL:
            return rows
        return rows.filter(position__user=actor.user)

    def waiting(self) -> Self:
        """Those whose answer has not come."""
        return self.filter(outcome="waiting")
