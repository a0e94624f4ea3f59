"""How confirmed values reach the branches of a central commission: as reference data without persons."""

from __future__ import annotations

from django.db.models import Q

from opora.foundation.organisations.models import Organisation

from .models import ConfirmedValue
from .querysets import ConfirmedValueQuerySet


def values_for(organisation: int) -> ConfirmedValueQuerySet:
    """All values that hold at an organisation: its own and those of the central commission above it.

    Not through the scoped manager, which would hide the latter; PostgreSQL answers this one question past the wall
    (`apps.py`), for these rows and the direct branches alone.
    """
    above = Organisation.objects.filter(branches=organisation, kind=Organisation.Kind.CENTRAL_COMMISSION)
    rows = ConfirmedValueQuerySet(ConfirmedValue).in_force()
    return rows.filter(Q(organisation=organisation) | Q(organisation__in=above.values("pk"))).order_by("pk")
