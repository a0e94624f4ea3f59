"""What goes from one programme of a child into the next (K-09)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from .. import events
from ..models import Activity, Criterion, Goal, OfProgramme, Programme, Task
from .drafting import change_require
from .planning import FIELDS


@transaction.atomic
def plan_copy(
    *, actor: Actor, programme: Programme, source: Programme, on: date, chosen: Collection[str] | None = None
) -> int:
    """Copy goals, tasks, activities and criteria of another programme of the same child; return how many rows.

    `chosen` are public ids of rows (None: all); a goal or task comes along with what is chosen under it. Dates become
    those of the new programme, and whoever has left is not named again. Raises PermissionDenied, Refusal.
    """
    require(actor, "programme.write")
    fresh = change_require(actor, programme, reason="")
    require_own(actor, source)
    if source.child_id != fresh.child_id:
        raise Refusal("other_child", "Эта программа составлена для другого ребёнка.")
    copied = _Copy(actor, fresh, on)
    activities = [one for one in source.activities.select_related("responsible") if _is_chosen(one, chosen)]
    wanted_tasks = {one.task_id for one in activities}
    tasks = [one for one in source.tasks.all() if one.pk in wanted_tasks or _is_chosen(one, chosen)]
    wanted_goals = {one.goal_id for one in tasks}
    for goal in source.goals.all():
        if goal.pk in wanted_goals or _is_chosen(goal, chosen):
            copied.goal(goal)
    for task in tasks:
        copied.task(task)
    for activity in activities:
        copied.activity(activity)
    for criterion in source.criteria.all():
        if _is_chosen(criterion, chosen):
            copied.criterion(criterion)
    record(
        events.PLAN_COPIED, actor=actor, subject=fresh, person_id=fresh.person_id, count=copied.count,
        source=source.public_id,
    )  # fmt: skip
    return copied.count


def _is_chosen(row: OfProgramme, chosen: Collection[str] | None) -> bool:
    return chosen is None or row.public_id in chosen


class _Copy:
    """Copies rows and remembers which new goal and task stand for the old ones."""

    def __init__(self, actor: Actor, programme: Programme, on: date) -> None:
        self.actor, self.programme, self.on = actor, programme, on
        self.goals: dict[int, Goal] = {}
        self.tasks: dict[int, Task] = {}
        self.count = 0

    def _saved(self, row: Any, old: OfProgramme) -> Any:
        row.organisation, row.programme, row.order = self.actor.at, self.programme, old.order
        row.taken_from, row.changed_by = old.taken_from, self.actor.user
        row.save()
        self.count += 1
        return row

    def _values(self, part: str, old: OfProgramme) -> dict[str, Any]:
        return {name: getattr(old, name) for name in FIELDS[part]}

    def goal(self, old: Goal) -> None:
        self.goals[old.pk] = self._saved(Goal(**self._values("goal", old)), old)

    def task(self, old: Task) -> None:
        self.tasks[old.pk] = self._saved(Task(goal=self.goals[old.goal_id], **self._values("task", old)), old)

    def activity(self, old: Activity) -> None:
        values = self._values("activity", old)
        values |= {"starts_on": self.programme.starts_on, "ends_on": self.programme.ends_on}
        post = old.responsible
        if post is not None and post.ended_on is not None and post.ended_on < self.on:
            values["responsible"] = None
        self._saved(Activity(task=self.tasks[old.task_id], **values), old)

    def criterion(self, old: Criterion) -> None:
        values = self._values("criterion", old)
        last = old.observations.exclude(value=None).order_by("-on", "-pk").first()
        if last is not None:
            values["starts_at"] = last.value  # the next programme begins where this one came
        self._saved(Criterion(task=self.tasks.get(old.task_id or 0), **values), old)
