"""What waits in the bank: remarks and reviews for authors, examination for the head, approval for the director."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.desk import ENOUGH, Duty, duties

from .listing import SOON
from .models import Material


def _page(material: Material) -> str:
    return reverse("materials:material", args=[material.public_id])


def to_keep(actor: Actor, today: date) -> Iterator[Duty]:
    """Own materials that came back or have to be reviewed; the head also answers for those whose author has left."""
    if actor.user is None:
        return
    mine = Q(author__user=actor.user)
    if actor.has(Role.SERVICE_HEAD):
        mine |= Q(author__isnull=True) | Q(author__ended_on__lt=today)
    rows = Material.objects.visible_to(actor).filter(mine)
    returned = rows.filter(status=Material.Status.DRAFT).exclude(remarks="")
    for one in returned.order_by("pk")[:ENOUGH]:
        yield Duty(one.title, "исправить по замечаниям", None, _page(one), one.get_kind_display(), is_urgent=True)
    for one in rows.to_review(today + SOON, today).order_by("review_on", "pk")[:ENOUGH]:
        days = [day for day in (one.review_on, one.ends_on) if day is not None]
        yield Duty(one.title, "пересмотреть или убрать", min(days), _page(one), one.get_kind_display())


def to_examine(actor: Actor, today: date) -> Iterator[Duty]:
    """Programmes and projects that wait for the head."""
    rows = Material.objects.visible_to(actor).filter(status=Material.Status.SUBMITTED)
    for one in rows.order_by("pk")[:ENOUGH]:
        yield Duty(one.title, "рассмотреть программу или проект", None, _page(one), one.get_kind_display())


def to_approve(actor: Actor, today: date) -> Iterator[Duty]:
    """Those that wait for the director."""
    rows = Material.objects.visible_to(actor).filter(status=Material.Status.EXAMINED)
    for one in rows.order_by("examined_on", "pk")[:ENOUGH]:
        yield Duty(one.title, "утвердить программу или проект", None, _page(one), one.get_kind_display())


duties("material.write", to_keep)
duties("material.examine", to_examine)
duties("material.approve", to_approve)
