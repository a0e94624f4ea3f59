"""Answers that are awaited within three days or late: one's own, and for the head those of others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.desk import ENOUGH, Duty, duties
from opora.foundation.ui.typography import plural

from .listing import SOON
from .models import OutsideContact

FEW = 3  # late ones of others: more of them are one row that leads to the list


def to_answer(actor: Actor, today: date) -> Iterator[Duty]:
    """One's own requests; those of others once they are late."""
    if actor.user is None:
        return
    rows = OutsideContact.objects.visible_to(actor).waiting()
    wanted = Q(position__user=actor.user, due_on__lte=today + SOON)
    if actor.has(Role.SERVICE_HEAD):
        wanted |= Q(due_on__lt=today)
    found = list(
        rows.filter(wanted).select_related("child", "body", "position__user").order_by("due_on", "pk")[:ENOUGH]
    )
    own = [one for one in found if one.position.user_id == actor.user.pk]
    others = [one for one in found if one.position.user_id != actor.user.pk]
    yield from (_row(one) for one in own)
    if len(others) <= FEW:
        yield from (_row(one, note=f"от кого: {one.position.user.short_name}") for one in others)
        return
    yield Duty(
        who=plural(len(others), "обращение,обращения,обращений"), todo="узнать, почему нет ответа", on=others[0].due_on,
        address=f"{reverse('contacts:list')}?outcome=late", note="обращались другие",
    )  # fmt: skip


def _row(one: OutsideContact, note: str = "") -> Duty:
    who = one.child.full_name if one.child else one.addressee
    todo = f"записать ответ: {one.addressee}" if one.child else "записать ответ на обращение"
    return Duty(who, todo, one.due_on, reverse("contacts:contact", args=[one.public_id]), note)


duties(
    "contact.keep",
    to_answer,
    unless_none=lambda actor, today: OutsideContact.objects.waiting().filter(due_on__lte=today + SOON),
)
