"""Who leads groups, and whom a group makes known."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from opora.foundation.access.actions import declare
from opora.foundation.access.knowledge import declare_knowledge
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_LEADS, SCHOOL_ROLES, Role

from .models import GroupMember

KEEPERS = frozenset({Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST})

GROUP_VIEW = declare("group.view", "Группы и занятия ребёнка", SCHOOL_ROLES)
GROUP_LIST = declare(
    "group.list", "Группы и курсы занятий", SCHOOL_LEADS | {Role.DIRECTOR, Role.SCHOOL_SPECIALIST}
)  # fmt: skip
# A specialist keeps his own groups, the head those of all: the services ask besides.
GROUP_KEEP = declare("group.keep", "Ведение групп и занятий", KEEPERS)


@declare_knowledge("child__public_id")
def of_the_group(actor: Actor) -> QuerySet[Any]:
    """Whoever leads a group knows the children who are in it now, while he holds the post, until it is closed.

    A group that nobody has closed makes nobody known longer than the time for its summing up.
    """
    today = timezone.localdate()
    present = GroupMember.objects.present(today).filter(group__closed_on__isnull=True)
    held = Q(group__leader__ended_on__isnull=True) | Q(group__leader__ended_on__gte=today)
    return present.filter(held, group__leader__user=actor.user).in_term(today)
