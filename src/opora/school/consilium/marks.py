"""Beside a child in the list of the class: the coming talk at the consilium."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.pupils.marks import Mark, marks

from .models import AgendaItem


def coming_talks(actor: Actor, children: Sequence[Child]) -> dict[int, list[Mark]]:
    """One query for the class."""
    found: dict[int, list[Mark]] = {}
    rows = AgendaItem.objects.visible_to(actor).waiting().filter(child__in=children).select_related("meeting")
    for one in rows.order_by("meeting__day"):
        mark = Mark(f"консилиум {one.meeting.day:%d.%m.%Y}", "soon", reverse("consilium:item", args=[one.public_id]))
        found.setdefault(one.child_id, []).append(mark)
    return found


marks(30, "meeting.view", coming_talks)
