"""Papers that wait for their author; what was asked and is late, for whoever asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties

from .models import PresentationRequest
from .sheet import paper_of


def asked_of_me(actor: Actor, today: date) -> Iterator[Duty]:
    """One click opens the sheet."""
    rows = PresentationRequest.objects.visible_to(actor).waiting().filter(presentation__author__user=actor.user)
    for one in rows.select_related("child", "presentation").order_by("due_on")[:ENOUGH]:
        title = paper_of(one.presentation).title
        address = reverse("presentations:sheet", args=[one.presentation.public_id])
        yield Duty(one.child.full_name, f"написать: {title[:1].lower()}{title[1:]}", one.due_on, address, one.note)


def late_of_others(actor: Actor, today: date) -> Iterator[Duty]:
    """What the lead asked colleagues for and has not got in time."""
    rows = PresentationRequest.objects.visible_to(actor).waiting().filter(asked_by=actor.user, due_on__lt=today)
    others = rows.exclude(presentation__author__user=actor.user)
    for one in others.select_related("child", "presentation__author__user").order_by("due_on")[:ENOUGH]:
        title = paper_of(one.presentation).title
        address = reverse("presentations:sheet", args=[one.presentation.public_id])
        who = one.presentation.author.user.short_name
        yield Duty(one.child.full_name, f"ждём: {title[:1].lower()}{title[1:]}", one.due_on, address, who)


duties(
    "presentation.write",
    asked_of_me,
    unless_none=lambda actor, today: PresentationRequest.objects.waiting().filter(
        presentation__author__user=actor.user
    ),
)
duties(
    "presentation.request",
    late_of_others,
    unless_none=lambda actor, today: PresentationRequest.objects.waiting().filter(
        asked_by=actor.user, due_on__lt=today
    ),
)
