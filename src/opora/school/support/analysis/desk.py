"""From May on the head has to write the analysis; the director has one to approve."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import Duty, duties

from ..approval import OPEN, Status
from ..schoolyear.reading import school_year_of
from .models import YearAnalysis

FIRST_MONTH, LAST = 5, (6, 15)  # practice: the report is given at the end of the school year


def to_write(actor: Actor, today: date) -> Iterator[Duty]:
    """This year's analysis from May on; one that was returned, at any time."""
    span = school_year_of(today)
    rows = YearAnalysis.objects.visible_to(actor)
    for one in rows.filter(status=Status.RETURNED).order_by("year")[:3]:
        address = reverse("analysis:analysis", args=[one.public_id])
        yield Duty("Анализ за год", f"исправить по замечаниям: {one}", None, address, is_urgent=True)
    if not FIRST_MONTH <= today.month <= span.ends_on.month:
        return
    found = rows.filter(year=span.year).first()
    if found is None or found.status == OPEN[0]:
        address = reverse("analysis:analysis", args=[found.public_id]) if found else reverse("analysis:list")
        last = date(span.year + 1, *LAST)
        yield Duty("Анализ за год", f"{'дописать' if found else 'начать'} анализ за {span.title}", last, address)


def to_approve(actor: Actor, today: date) -> Iterator[Duty]:
    """Analyses that wait for the director."""
    for one in YearAnalysis.objects.visible_to(actor).filter(status=Status.EXAMINED).order_by("year")[:3]:
        address = reverse("analysis:analysis", args=[one.public_id])
        yield Duty("Анализ за год", f"утвердить {one}", None, address)


duties("analysis.write", to_write)
duties("analysis.approve", to_approve)
