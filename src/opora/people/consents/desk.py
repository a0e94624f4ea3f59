"""Withdrawals that wait for the head, with the days that are left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties

from .models import Consent, Withdrawal
from .services import SHORT_TITLES


def to_carry_out(actor: Actor, today: date) -> Iterator[Duty]:
    """The child is not named: its card is frozen."""
    rows = Withdrawal.objects.kept_for(actor).open().select_related("consent").order_by("stop_on")
    for one in rows[:ENOUGH]:
        yield Duty(
            who=f"Отзыв от {one.received_on:%d.%m.%Y}",
            todo="Исполнить отзыв согласия",
            on=one.stop_on,
            address=reverse("consents:withdrawal", args=[one.public_id]),
            note=SHORT_TITLES[Consent.Kind(one.consent.kind)],
        )


duties("consent.carry_out", to_carry_out)
