"""How papers, slots and bookings are read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import Booking, Paper, Slot  # noqa: F401

LIVE = ("booked", "arrived")


class PaperQuerySet(OwnedQuerySet["Paper"]):
    def missing(self) -> Self:
        """Obligatory papers that have not come."""
        return self.filter(presence="obligatory", received_on__isnull=True)


class SlotQuerySet(OwnedQuerySet["Slot"]):
    def with_taken(self) -> Self:
        """Adds `is_taken`: a child is booked on the slot or has come."""
        from .models import Booking

        return self.annotate(is_taken=Exists(Booking.objects.filter(slot=OuterRef("pk"), state__in=LIVE)))

    def free(self) -> Self:
        return self.with_taken().filter(is_closed=False, is_taken=False, place__is_active=True)

    def after(self, moment: datetime) -> Self:
        """Slots that begin after a moment."""
        local = timezone.localtime(moment)
        return self.filter(Q(day__gt=local.date()) | Q(day=local.date(), starts__gt=local.time()))


class BookingQuerySet(OwnedQuerySet["Booking"]):
    def live(self) -> Self:
        """Bookings that hold their slot."""
        return self.filter(state__in=LIVE)

    def waiting(self) -> Self:
        """Bookings of children who have not come yet."""
        return self.filter(state="booked")

    def with_child(self) -> Self:
        return self.select_related("slot__place", "case__child")
