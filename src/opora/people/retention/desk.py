"""What of keeping and destroying waits: proposals for the head, cards whose time is over for the secretary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties
from opora.people.children.models import Child

from .keeping import born_until, is_kept
from .listing import cards_of
from .models import DestructionOrder


def to_decide(actor: Actor, today: date) -> Iterator[Duty]:
    """Proposals of others; one's own waits for another head."""
    rows = DestructionOrder.objects.kept_for(actor).filter(state="proposed").exclude(proposed_by=actor.user)
    for one in rows.order_by("proposed_at")[:ENOUGH]:
        yield Duty(
            who=f"Предложение от {timezone.localtime(one.proposed_at):%d.%m.%Y}",
            todo="Решить об уничтожении карты",
            on=None,
            address=reverse("retention:order", args=[one.public_id]),
            note=str(one.get_reason_display()),
        )


def to_propose(actor: Actor, today: date) -> Iterator[Duty]:
    """One row for all cards whose time is over and that nothing keeps."""
    rows = cards_of(actor, today).filter(Q(is_proposed=False), birth_date__lte=born_until(today))
    count = rows.exclude(is_kept(today)).count()
    if count:
        yield Duty(
            who="Хранение карт",
            todo="Предложить к уничтожению карты с истёкшим сроком",
            on=None,
            address=f"{reverse('retention:list')}?due=now",
            note=f"карт: {count}",
        )


duties(
    "retention.confirm", to_decide, unless_none=lambda actor, today: DestructionOrder.objects.filter(state="proposed")
)
duties(
    "retention.propose",
    to_propose,
    unless_none=lambda actor, today: Child.objects.filter(birth_date__lte=born_until(today)),
)
