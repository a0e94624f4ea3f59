"""A conclusion keeps the card: until it is handed over, and until its own term has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from opora.people.retention.keeping import keeps_card

from .models import Conclusion


@keeps_card("заключение ещё действует: срок повторного обследования не наступил", "письмо ВК-1074/07, разд. 2, п. 12")
def in_force(child: Any, on: date) -> QuerySet[Any]:
    return Conclusion.objects.filter(case__child=child, state=Conclusion.State.SIGNED, term_on__gte=on)
