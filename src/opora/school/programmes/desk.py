"""What waits in drawing up: drafts and families for the curator, approvals for the director, curators for the chair."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.desk import ENOUGH, Duty, duties

from . import awaiting  # noqa: F401 - marks, control days and final meetings are registered there
from .flow import Status
from .models import Programme, Proposal

TODO = {
    Status.DRAFT: ("составить программу и показать семье", "draft"),
    Status.FAMILY: ("записать ответ семьи", "family"),
}


def to_draw_up(actor: Actor, today: date) -> Iterator[Duty]:
    """Own drafts, and programmes that the family has."""
    if actor.user is None:
        return
    rows = Programme.objects.visible_to(actor).filter(curator__user=actor.user, status__in=TODO)
    for one in rows.with_people().order_by("status_since", "pk")[:ENOUGH]:
        todo, page = TODO[Status(one.status)]
        since = f"с {one.status_since:%d.%m.%Y}" if one.status_since else ""
        yield Duty(one.child.full_name, todo, None, reverse(f"programmes:{page}", args=[one.public_id]), since)


def to_answer(actor: Actor, today: date) -> Iterator[Duty]:
    """Proposals of families without an answer."""
    if actor.user is None:
        return
    rows = Proposal.objects.visible_to(actor).filter(
        state=Proposal.State.MADE, programme__curator__user=actor.user,
        programme__status__in=(Status.DRAFT, Status.FAMILY),
    )  # fmt: skip
    for one in rows.select_related("programme__child").order_by("made_on", "pk")[:ENOUGH]:
        address = f"{reverse('programmes:family', args=[one.programme.public_id])}#proposals"
        yield Duty(one.programme.child.full_name, "ответить на предложение семьи", None, address)


def to_approve(actor: Actor, today: date) -> Iterator[Duty]:
    """Agreed programmes that wait for the director."""
    rows = Programme.objects.visible_to(actor).filter(status=Status.AGREED).with_people()
    for one in rows.order_by("status_since", "pk")[:ENOUGH]:
        address = reverse("programmes:approve", args=[one.public_id])
        yield Duty(one.child.full_name, "утвердить программу сопровождения", None, address)


def without_curator(actor: Actor, today: date) -> Iterator[Duty]:
    """Open programmes whose curator does not work here any more."""
    if not actor.has(Role.CONSILIUM_CHAIR):
        return
    left = Q(curator__ended_on__isnull=False, curator__ended_on__lt=today)
    for one in Programme.objects.visible_to(actor).open().filter(left).with_people()[:ENOUGH]:
        address = reverse("programmes:curator", args=[one.public_id])
        yield Duty(one.child.full_name, "назначить другого куратора", None, address, is_urgent=True)


duties(
    "programme.write",
    to_draw_up,
    unless_none=lambda actor, today: Programme.objects.filter(curator__user=actor.user, status__in=TODO),
)
duties(
    "programme.write",
    to_answer,
    unless_none=lambda actor, today: Programme.objects.filter(curator__user=actor.user, status__in=TODO),
)
duties("programme.approve", to_approve, unless_none=lambda actor, today: Programme.objects.filter(status=Status.AGREED))
duties("programme.open", without_curator)
