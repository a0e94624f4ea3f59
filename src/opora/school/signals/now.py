"""«Сейчас» on a pupil's card: an open signal, a result that waits for a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.pupils.now import Line, now

from .attention import attention_list, waits_until
from .models import Concern
from .shown import COLOURS


def open_concerns(actor: Actor, child: Child, today: date) -> Iterator[Line]:
    """Signals that are not at their end; a confirmed one is shown by the room of meetings."""
    for one in Concern.objects.visible_to(actor).open().filter(child=child)[:5]:
        yield Line(
            "Сигнал", one.get_state_display(), one.due_on, reverse("signals:concern", args=[one.public_id]),
            COLOURS[Concern.State(one.state)],
        )  # fmt: skip


def waiting_results(actor: Actor, child: Child, today: date) -> Iterator[Line]:
    """Results above ordinary attention without a decision."""
    for one in attention_list(actor).filter(child=child)[:3]:
        yield Line(
            "Скрининг", one.get_level_display(), None, reverse("signals:attention"), waits_until(one),
            note=one.screening.title,
        )  # fmt: skip


now(10, "concern.view", open_concerns)
now(12, "screening.settle", waiting_results)
