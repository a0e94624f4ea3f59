"""Beside a child in the list of the class: the programme that is drawn up or runs."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.pupils.marks import Mark, marks

from .flow import Status
from .listing import state_of_term
from .models import Programme


def open_programmes(actor: Actor, children: Sequence[Child]) -> dict[int, list[Mark]]:
    """One query for the class."""
    found: dict[int, list[Mark]] = {}
    today = timezone.localdate()
    for one in Programme.objects.visible_to(actor).open().filter(child__in=children):
        until = f" до {one.ends_on:%d.%m.%Y}" if one.status == Status.RUNNING and one.ends_on else ""
        words = f"программа{until}" if until else f"программа: {one.get_status_display().lower()}"
        mark = Mark(
            words, state_of_term(one, today) or "neutral", reverse("programmes:programme", args=[one.public_id])
        )
        found.setdefault(one.child_id, []).append(mark)
    return found


marks(40, "programme.view", open_programmes)
