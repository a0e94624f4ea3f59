"""What is asked of plans: lines that a person's day of work may belong to, who may answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

from .doing import GENERATIONS
from .models import PlanItem
from .terms import ORDER

ANSWERING = (
    Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST, Role.CONSILIUM_CHAIR, Role.CURATOR, Role.DIRECTOR,
)  # fmt: skip


def items_of_day(actor: Actor, day: date) -> QuerySet[PlanItem]:
    """Lines that the actor answers for, or of his own plans, on a day: those of the week first, of the year last."""
    own = Q(responsible__user=actor.user) | Q(responsible__isnull=True, plan__owner__user=actor.user)
    narrow_first = [When(plan__horizon=horizon, then=Value(-place)) for place, horizon in enumerate(ORDER)]
    rows = PlanItem.objects.visible_to(actor).meeting(day, day).filter(own).select_related("plan")
    return rows.order_by(Case(*narrow_first, output_field=IntegerField()), "order", "pk")


def with_origins(rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    """Lines with all out of which they grew, as `narrowest` wants them."""
    return rows.select_related("plan", "__".join(["origin"] * GENERATIONS))


def narrowest(items: Iterable[PlanItem]) -> list[PlanItem]:
    """Each line once, at its narrowest plan, in the order given: of a week and the month with the same line, the week.

    Two lines are the same work when they grew from one line and their days meet; of the same term the own plan stays.
    """
    rows = list(items)
    kin: dict[int, list[PlanItem]] = {}
    for one in rows:
        kin.setdefault(_root(one), []).append(one)
    return [one for one in rows if not any(_stands_for(other, one) for other in kin[_root(one)])]


def _root(item: PlanItem) -> int:
    while item.origin is not None:
        item = item.origin
    return item.pk


def _stands_for(narrow: PlanItem, wide: PlanItem) -> bool:
    place, other = ((ORDER.index(one.plan.horizon), one.plan.owner_id is not None) for one in (narrow, wide))
    return place > other and narrow.starts_on <= wide.ends_on and narrow.ends_on >= wide.starts_on


def staff_on(actor: Actor, day: date) -> list[Position]:
    """Who may answer for a line: each person once, specialists of the service first."""
    posts = Position.objects.visible_to(actor).held_on(day).filter(role__in=ANSWERING).select_related("user")
    first: dict[int, Position] = {}
    for post in sorted(posts, key=lambda one: (ANSWERING.index(Role(one.role)) > 1, one.user.last_name, one.pk)):
        first.setdefault(post.user_id, post)
    return list(first.values())


def own_post(actor: Actor, day: date) -> Position | None:
    """The post for which the actor draws up plans: that of a specialist, else that of the head."""
    if actor.user is None:
        return None
    wanted = (Role.SCHOOL_SPECIALIST, Role.SERVICE_HEAD)
    rows = Position.objects.visible_to(actor).held_on(day).filter(user=actor.user, role__in=wanted)
    return min(rows.select_related("user"), key=lambda one: (wanted.index(Role(one.role)), one.pk), default=None)
