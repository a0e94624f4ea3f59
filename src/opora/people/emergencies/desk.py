"""On the desk of the head: emergencies that wait for his verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.models import EmergencyAccess
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties

from .listing import names_of


def to_review(actor: Actor, today: date) -> Iterator[Duty]:
    """From the moment of opening; from the next day on among what is late."""
    rows = EmergencyAccess.objects.visible_to(actor).unreviewed().exclude(user=actor.user).order_by("opened_at")
    names = names_of(actor, rows)
    for one in rows.select_related("user")[:ENOUGH]:
        opened = timezone.localtime(one.opened_at)
        yield Duty(
            who=names.get(one.person_id, "карта закрыта"),
            todo="Проверить экстренный доступ",
            on=min(opened.date(), today),
            address=reverse("emergencies:access", args=[one.public_id]),
            note=f"{one.user.short_name}, {opened:%d.%m.%Y в %H:%M}",
            is_urgent=True,
        )


duties("child.emergency_review", to_review, unless_none=lambda actor, today: EmergencyAccess.objects.unreviewed())
