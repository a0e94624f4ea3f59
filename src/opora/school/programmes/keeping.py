"""A programme that is not over keeps the card, however old the pupil is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from opora.people.retention.keeping import keeps_card

from .flow import LETTER
from .models import Programme


@keeps_card("программа сопровождения ещё не завершена", f"{LETTER}: сроки реализации")
def under_way(child: Any, on: date) -> QuerySet[Any]:
    return Programme.objects.open().filter(child=child)
