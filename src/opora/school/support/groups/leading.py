"""Who leads a group: which posts may, and whose groups an actor keeps."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

from .models import Group
from .permissions import KEEPERS

OTHERS = "Группу ведёт другой специалист: менять её могут он и руководитель Службы."


def keeps_all(actor: Actor) -> bool:
    """The head of the service keeps the groups of every specialist."""
    return actor.has(Role.SERVICE_HEAD)


def may_lead(actor: Actor, group: Group) -> bool:
    """Whether the actor may change this group."""
    mine = actor.user is not None and group.leader.user_id == actor.user.pk and actor.has(Role.SCHOOL_SPECIALIST)
    return keeps_all(actor) or mine


def leaders_of(actor: Actor, on: date) -> QuerySet[Position]:
    """Posts whose groups the actor may begin: those of all specialists for the head, else his own."""
    rows = Position.objects.visible_to(actor).held_on(on).filter(role__in=KEEPERS).select_related("user")
    found = rows if keeps_all(actor) else rows.filter(user=actor.user, role=Role.SCHOOL_SPECIALIST)
    return found.order_by("user__last_name", "user__first_name", "pk")


def leader_require(actor: Actor, leader: Position, on: date) -> None:
    """Raises PermissionDenied for another's group, Refusal for a post that nobody holds on the day."""
    own = actor.user is not None and leader.user_id == actor.user.pk
    if leader.organisation_id != actor.at.pk or not (keeps_all(actor) or own):
        raise PermissionDenied(OTHERS)
    gone = leader.started_on > on or (leader.ended_on is not None and leader.ended_on < on)
    if leader.role not in KEEPERS or gone:
        raise Refusal("leader", "Занятия ведёт специалист Службы, который сейчас работает.", field="leader")


def group_lock(actor: Actor, group: Group, *, even_closed: bool = False) -> Group:
    """The group read anew and locked, for whoever keeps it. Raises PermissionDenied, Refusal when it is closed."""
    require(actor, "group.keep")
    require_own(actor, group)
    rows = Group.objects.select_for_update(of=("self",)).select_related("leader__user", "organisation", "material")
    fresh = rows.get(pk=group.pk)
    if not may_lead(actor, fresh):
        raise PermissionDenied(OTHERS)
    if fresh.closed_on and not even_closed:
        raise Refusal("closed", f"Группа закрыта {fresh.closed_on:%d.%m.%Y}: её только читают.")
    return fresh
