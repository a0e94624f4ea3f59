"""How brought conclusions and their duties are read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import BroughtConclusion, SchoolDuty  # noqa: F401


class BroughtConclusionQuerySet(OwnedQuerySet["BroughtConclusion"]):
    def in_force(self, on: date) -> Self:
        """Not ended and not expired on a day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), ended_on__isnull=True)

    def examined_before(self, day: date) -> Self:
        """Those whose child has to be examined anew by a day."""
        return self.filter(ended_on__isnull=True, next_on__lte=day)

    def brought_since(self, day: date) -> Self:
        """What the consilium has to talk about: brought on the day or later and still in force."""
        return self.filter(brought_on__gte=day, ended_on__isnull=True)


class SchoolDutyQuerySet(OwnedQuerySet["SchoolDuty"]):
    def of_present(self) -> Self:
        """Duties of conclusions that have not ended; a condition outlives the term until somebody ends it."""
        return self.filter(brought__ended_on__isnull=True)

    def open(self) -> Self:
        """Not created yet, partly created, or not created."""
        return self.of_present().exclude(state="created")

    def late(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on)
