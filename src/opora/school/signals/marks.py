"""Beside a child in the list of the class: a signal that is not at its end."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.pupils.marks import Mark, marks

from .models import Concern
from .shown import COLOURS


def open_concerns(actor: Actor, children: Sequence[Child]) -> dict[int, list[Mark]]:
    """One query for the class."""
    found: dict[int, list[Mark]] = {}
    rows = Concern.objects.visible_to(actor).open().filter(child__in=children)
    for one in rows.only("child", "state", "public_id").order_by("-raised_at"):
        address = reverse("signals:concern", args=[one.public_id])
        found.setdefault(one.child_id, []).append(Mark("сигнал", COLOURS[Concern.State(one.state)], address))
    return found


marks(10, "concern.view", open_concerns)
