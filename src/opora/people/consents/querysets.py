"""How consents are read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import Consent, Withdrawal  # noqa: F401


class ConsentQuerySet(OwnedQuerySet["Consent"]):
    def in_force(self, on: date) -> Self:
        """Signed by the day and not taken back by it."""
        return self.filter(signed_on__lte=on).filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))


class WithdrawalQuerySet(OwnedQuerySet["Withdrawal"]):
    def open(self) -> Self:
        """Recorded and not carried out yet."""
        return self.filter(state="recorded")
