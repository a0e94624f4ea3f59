"""«Создать занятия из графика»: the slots of groups become lessons of the term in one click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from ...groups.leading import group_lock
from ...groups.planning import topics_ahead
from ...groups.services import lessons_plan
from ...groups.services.lessons import times_lock
from .. import events
from ..dates import GroupLessons, groups_of, lessons_ahead
from ..models import WorkSchedule
from ..owning import OWNER_WRITES, owns, schedule_lock


@dataclass(frozen=True)
class Made:
    """How many lessons were made; `groups` says of each group what was left out and why."""

    count: int
    groups: list[GroupLessons]


@transaction.atomic
def lessons_make(*, actor: Actor, schedule: WorkSchedule, since: date) -> Made:
    """Plan the lessons of the owner's groups from a day on; those that meet something are left out and told.

    Raises PermissionDenied for another's schedule, Refusal when there is nothing to make.
    """
    require(actor, "group.keep")
    fresh = schedule_lock(actor, schedule)
    if not owns(actor, fresh.position):
        raise PermissionDenied(OWNER_WRITES)
    found = groups_of(fresh)
    groups = [group_lock(actor, group) for group, _ in sorted(found, key=lambda one: one[0].pk)]
    times_lock(fresh.position, [slot.cabinet or group.cabinet for group, slots in found for slot in slots], groups)
    count, told = 0, []
    for one in lessons_ahead(actor, fresh, since):
        told.append(one)
        if one.wanted:
            topics = topics_ahead(one.group, len(one.wanted))
            count += len(lessons_plan(actor=actor, group=one.group, wanted=one.wanted, topics=topics))
    if not count:
        raise Refusal("nothing", "Новых занятий нет: они уже созданы, или в графике нет открытых групп специалиста.")
    record(events.LESSONS_MADE, actor=actor, subject=fresh, count=count)
    return Made(count, told)
