"""An open case keeps the card, however old the child is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from opora.people.retention.keeping import keeps_card

from .models import Case


@keeps_card("идёт дело", "письмо ВК-1074/07, прил. 2.14")
def under_way(child: Any, on: date) -> QuerySet[Any]:
    return Case.objects.open().filter(child=child)
