"""Schedules that were returned, those to examine and those to approve."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties

from ..approval import Status
from .models import WorkSchedule


def _duties(actor: Actor, todo: str, *, mine: bool = False, **where: str) -> Iterator[Duty]:
    rows = WorkSchedule.objects.visible_to(actor).filter(**where)
    rows = rows.filter(position__user=actor.user) if mine else rows
    for one in rows.select_related("position__user").order_by("starts_on", "pk")[:ENOUGH]:
        address = reverse("schedules:schedule", args=[one.public_id])
        yield Duty(one.position.user.short_name, todo, None, address, str(one))


def to_mend(actor: Actor, today: date) -> Iterator[Duty]:
    """Own schedules that came back with remarks."""
    return _duties(actor, "Исправить график работы", mine=True, status=Status.RETURNED)


def to_examine(actor: Actor, today: date) -> Iterator[Duty]:
    return _duties(actor, "Рассмотреть график работы", status=Status.SUBMITTED)


def to_approve(actor: Actor, today: date) -> Iterator[Duty]:
    return _duties(actor, "Утвердить график работы", status=Status.EXAMINED)


duties("schedule.write", to_mend)
duties("schedule.examine", to_examine)
duties("schedule.approve", to_approve)
