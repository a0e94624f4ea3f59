"""How samples of quality are read: all of them by those who lead, the reviewed ones by the entry's author."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import QualityReview  # noqa: F401

READ_ALL = frozenset({Role.SERVICE_HEAD, Role.DIRECTOR})


class QualityReviewQuerySet(OwnedQuerySet["QualityReview"]):
    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if actor is None or actor.user is None or actor.roles & READ_ALL:
            return rows
        return rows.filter(~Q(verdict=""), entry__position__user=actor.user)

    def unseen(self) -> Self:
        """Drawn and not looked at yet."""
        return self.filter(verdict="")

    def to_mend(self) -> Self:
        """Reviewed with something to mend."""
        return self.filter(verdict__in=("remarks", "bad"), mended_on__isnull=True)
