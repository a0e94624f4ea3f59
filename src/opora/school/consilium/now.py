"""What is going on at the consilium, on top of a pupil's card."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.pupils.now import Line, now

from .models import AgendaItem


def consilium_lines(actor: Actor, child: Child, today: date) -> Iterable[Line]:
    """The coming talk, and the control of the last decision."""
    rows = AgendaItem.objects.visible_to(actor).filter(child=child).select_related("meeting")
    coming = rows.waiting().order_by("meeting__day").first()
    if coming is not None:
        words = f"{coming.meeting.get_kind_display()} заседание, {coming.get_state_display()}"
        colour = "late" if coming.meeting.day < today else "soon"
        yield Line("Консилиум", words, coming.meeting.day, reverse("consilium:item", args=[coming.public_id]), colour)
    last = rows.filter(state=AgendaItem.State.SIGNED).order_by("-meeting__day").first()
    due = last.control_due(today) if last else None
    if last is not None and due is not None and coming is None:
        colour = "late" if due < today else "neutral"
        address = reverse("consilium:item", args=[last.public_id])
        yield Line("Контроль рекомендаций", "обсудить на консилиуме", due, address, colour)


now(30, "meeting.view", consilium_lines)
