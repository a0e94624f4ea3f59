"""A conclusion on ГИА keeps the card until its own term has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from opora.people.retention.keeping import keeps_card

from .models import AttestationConclusion


@keeps_card("заключение ГИА ещё действует", "письмо ВК-1074/07, прил. 2.16, п. 10")
def in_force(child: Any, on: date) -> QuerySet[Any]:
    signed = AttestationConclusion.objects.filter(case__child=child, state=AttestationConclusion.State.SIGNED)
    return signed.filter(valid_until__gte=on)
