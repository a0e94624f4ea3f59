"""A card of support that is led keeps the child's card, however old the pupil is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from opora.people.retention.keeping import keeps_card

from .deciding import CLAUSE
from .models import SupportCard


@keeps_card("карта сопровождения ещё ведётся", CLAUSE)
def in_work(child: Any, on: date) -> QuerySet[Any]:
    return SupportCard.objects.filter(child=child, state__in=("proposed", "open"))
