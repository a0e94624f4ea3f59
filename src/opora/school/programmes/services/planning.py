"""Rows of the plan: added, changed, moved, copied, taken off (K-05, K-06)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.ui.typography import long_date

from .. import events
from ..models import Activity, Audience, BankItem, Criterion, Direction, Goal, OfProgramme, Programme, Task
from ..plan import Line
from .drafting import CHANGES, change_keep, change_require

PARTS: Mapping[str, type[Line]] = {"goal": Goal, "task": Task, "activity": Activity, "criterion": Criterion}
TITLES = {"goal": "цель", "task": "задача", "activity": "мероприятие", "criterion": "критерий"}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "goal": ("title",),
    "task": ("title", "direction"),
    "activity": (
        "audience", "title", "form", "participants", "responsible", "outside", "starts_on", "ends_on", "frequency",
        "planned_result",
    ),
    "criterion": ("title", "measure", "scale", "starts_at", "wanted"),
}  # fmt: skip
USUAL_PARTICIPANTS = {
    Audience.PUPIL: "обучающийся",
    Audience.PARENTS: "родители (законные представители)",
    Audience.STAFF: "педагоги класса",
}
ONE_SITTING = timedelta(minutes=10)
MOST_LINES = 300  # of one kind in one programme: a plan nobody could read


@dataclass(frozen=True)
class LineSaved:
    """`line` is as it stands in the database; after a conflict nothing was written and `mine` was typed over it."""

    line: Line
    conflict: bool = False
    mine: Mapping[str, Any] | None = None


def part_of(line: Line) -> str:
    """The code of the part: goal, task, activity, criterion."""
    return str(line._meta.model_name)


@transaction.atomic
def line_add(
    *, actor: Actor, programme: Programme, part: str, values: Mapping[str, Any], on: date,
    parent: Goal | Task | None = None, taken_from: BankItem | None = None, reason: str = "",
) -> Line:  # fmt: skip
    """Add a goal, a task of a goal, an activity of a task, a criterion; what is usual is filled in.

    `reason` explains a change of a running programme. Raises PermissionDenied, Refusal, ValidationError.
    """
    require(actor, "programme.write")
    fresh = change_require(actor, programme, reason)
    line = PARTS[part](organisation=actor.at, programme=fresh, taken_from=taken_from)
    _put_under(line, parent)
    siblings = _siblings(line)
    if siblings.count() >= MOST_LINES:
        raise Refusal("too_many", f"Больше {MOST_LINES} строк в одном разделе не помещается.")
    line.order = (siblings.aggregate(last=Max("order"))["last"] or 0) + 1
    _fill(actor, line, {**_usual(fresh, part, values), **values}, on)
    line.changed_by = actor.user
    line.save()
    record(events.PLAN_CHANGED, actor=actor, subject=fresh, person_id=fresh.person_id, part=part)
    change_keep(actor, fresh, on, reason)
    return line


def _put_under(line: Line, parent: Goal | Task | None) -> None:
    if isinstance(line, Task):
        if not isinstance(parent, Goal) or parent.programme_id != line.programme_id:
            raise Refusal("no_goal", "Задача стоит под целью: сначала запишите цель.")
        line.goal = parent
    elif isinstance(line, Activity):
        if not isinstance(parent, Task) or parent.programme_id != line.programme_id:
            raise Refusal("no_task", "Мероприятие стоит под задачей: сначала запишите задачу.", CHANGES)
        line.task = parent
    elif isinstance(line, Criterion) and isinstance(parent, Task) and parent.programme_id == line.programme_id:
        line.task = parent


def _usual(programme: Programme, part: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a new row begins with, so that only what differs is typed."""
    if part == "task":
        return {"direction": Direction.PSYCHOLOGICAL}
    if part == "activity":
        audience = values.get("audience") or Audience.PUPIL
        days = {"starts_on": programme.starts_on, "ends_on": programme.ends_on}
        return {"audience": audience, "participants": USUAL_PARTICIPANTS[Audience(audience)], **days}
    return {}


def _fill(actor: Actor, line: Line, values: Mapping[str, Any], on: date) -> None:
    """Put values into a row and check it. Raises Refusal, ValidationError."""
    for name in FIELDS[part_of(line)]:
        if name in values:
            value = values[name]
            setattr(line, name, value.strip() if isinstance(value, str) else value)
    if not line.title:
        raise Refusal("no_title", "Напишите, что это: строка без названия не сохраняется.", field="title")
    if isinstance(line, Activity):
        _activity_require(actor, line, on)
    keys = [field.name for field in line._meta.fields if field.is_relation]
    line.full_clean(exclude=[*keys, "public_id"], validate_unique=False, validate_constraints=False)


def _activity_require(actor: Actor, line: Activity, on: date) -> None:
    programme = line.programme
    if line.starts_on and line.ends_on and line.ends_on < line.starts_on:
        raise Refusal("ends_before_start", "Мероприятие заканчивается раньше, чем начинается.", field="ends_on")
    for name in ("starts_on", "ends_on"):
        day: date | None = getattr(line, name)
        if day is None:
            continue
        if programme.starts_on and day < programme.starts_on:
            raise _outside(name, f"она начинается {long_date(programme.starts_on)}")
        if programme.ends_on and day > programme.ends_on:
            raise _outside(name, f"она заканчивается {long_date(programme.ends_on)}")
    post = line.responsible
    if post is None:
        return
    line.outside = ""
    if post.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Этот сотрудник работает в другой организации.", field="responsible")
    was = type(line).objects.filter(pk=line.pk).values_list("responsible", flat=True).first() if line.pk else None
    if post.ended_on is not None and post.ended_on < on and was != post.pk:
        raise Refusal("left", "Этот сотрудник больше не работает в организации.", field="responsible")


def _outside(field: str, words: str) -> Refusal:
    return Refusal("outside_dates", f"Этот день вне срока программы: {words}", field=field)


@transaction.atomic
def line_change(
    *, actor: Actor, line: Line, values: Mapping[str, Any], base_version: int, on: date, reason: str = "",
    settled: bool = False,
) -> LineSaved:  # fmt: skip
    """Save what was typed in a row over `base_version`.

    Changed by somebody else meanwhile: nothing is written and both come back. Raises PermissionDenied, Refusal.
    """
    require(actor, "programme.write")
    programme = change_require(actor, line.programme, reason)
    current = _again(line)
    current.programme = programme
    if _same(current, values):
        return LineSaved(current)
    if base_version != current.version and not settled:
        return LineSaved(current, conflict=True, mine=values)
    told = current.changed_by_id != (actor.user.pk if actor.user else None)
    told = told or current.version == 0 or timezone.now() - current.changed_at > ONE_SITTING
    _fill(actor, current, values, on)
    current.version += 1
    current.changed_by = actor.user
    current.save()
    if told:
        record(
            events.PLAN_CHANGED, actor=actor, subject=programme, person_id=programme.person_id, part=part_of(current)
        )
    change_keep(actor, programme, on, reason)
    return LineSaved(current)


def _again(line: Line) -> Any:
    rows = type(line)._default_manager.select_for_update(of=("self",))
    found = rows.filter(pk=line.pk).first()
    if found is None:
        raise Refusal("gone", "Эту строку уже убрали из плана: обновите страницу.")
    return found


def _same(line: Line, values: Mapping[str, Any]) -> bool:
    for name in FIELDS[part_of(line)]:
        if name in values:
            value = values[name]
            if (value.strip() if isinstance(value, str) else value) != getattr(line, name):
                return False
    return True


def _siblings(line: Line) -> QuerySet[Any]:
    rows: QuerySet[Any] = type(line)._default_manager.filter(programme=line.programme_id)
    if isinstance(line, Task):
        return rows.filter(goal=line.goal_id)
    return rows.filter(task=line.task_id) if isinstance(line, Activity) else rows


@transaction.atomic
def line_move(*, actor: Actor, line: Line, up: bool, on: date, reason: str = "") -> None:
    """Change places with the neighbour above or below; the first and the last stay. Raises as `line_change`."""
    require(actor, "programme.write")
    programme = change_require(actor, line.programme, reason)
    current = _again(line)
    rows: list[OfProgramme] = list(_siblings(current).order_by("order", "pk"))
    place = next(number for number, row in enumerate(rows) if row.pk == current.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows, 1):
        if row.order != number:
            row.order = number
            row.save(update_fields=["order"])
    change_keep(actor, programme, on, reason)


@transaction.atomic
def line_remove(*, actor: Actor, line: Line, on: date, reason: str = "") -> dict[str, Any]:
    """Take a row off the plan; return its values, so that the page can offer it back.

    Raises Refusal for a row with rows under it, and for an activity or criterion that was already followed.
    """
    require(actor, "programme.write")
    programme = change_require(actor, line.programme, reason)
    current = _again(line)
    if isinstance(current, Goal) and current.tasks.exists():
        raise Refusal("has_tasks", "Под этой целью есть задачи: сначала уберите их.")
    if isinstance(current, Task) and current.activities.exists():
        raise Refusal("has_activities", "Под этой задачей есть мероприятия: сначала уберите их.")
    if isinstance(current, Activity) and current.marks.exists():
        raise Refusal("has_marks", "О мероприятии уже есть отметки: отметьте «не выполнено» и напишите почему.")
    if isinstance(current, Criterion) and current.observations.exists():
        raise Refusal("has_observations", "По критерию уже есть наблюдения: он остаётся в программе.")
    values = {name: getattr(current, name) for name in FIELDS[part_of(current)]}
    part = part_of(current)
    current.delete()
    record(events.LINE_REMOVED, actor=actor, subject=programme, person_id=programme.person_id, part=TITLES[part])
    change_keep(actor, programme, on, reason)
    return values


@transaction.atomic
def activity_copy(*, actor: Actor, activity: Activity, audience: str, on: date, reason: str = "") -> Activity:
    """The same activity for others: participants are the usual ones of that audience. Raises as `line_add`."""
    require(actor, "programme.write")
    change_require(actor, activity.programme, reason)
    values = {name: getattr(activity, name) for name in FIELDS["activity"]}
    values |= {"audience": audience, "participants": USUAL_PARTICIPANTS[Audience(audience)]}
    made = line_add(
        actor=actor, programme=activity.programme, part="activity", values=values, on=on, parent=activity.task,
        taken_from=activity.taken_from, reason=reason,
    )  # fmt: skip
    return cast(Activity, made)
