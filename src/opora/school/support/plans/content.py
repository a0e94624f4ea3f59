"""What is printed of a plan: the content of the form `work_plan`, frozen at each approval.

Every value is a text ready for the paper; days are ISO. `done` of a line is empty in what is frozen: the paper of the
day fills it from the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypedDict

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.typography import plural

from ..materials.models import WorkDirection
from .doing import Done, done_of, state_of
from .models import PlanItem, WorkPlan
from .naming import plan_title, whose
from .terms import term_title

FORM = "work_plan"


class Approval(TypedDict):
    """The block «УТВЕРЖДАЮ»; `day` is empty before the approval."""

    organisation: str
    director: str
    day: str


class PlanLine(TypedDict):
    """A line of the table; `key` tells it in the next version, `dropped` is why it was taken off."""

    key: str
    number: str
    title: str
    aim: str
    participants: str
    term: str
    responsible: str
    result: str
    done: str
    dropped: str


class PlanPart(TypedDict):
    """A direction of work with its lines."""

    code: str
    title: str
    lines: list[PlanLine]


class WorkPlanContent(TypedDict):
    """The whole paper. `number` and `approval` are empty in a draft, `version` is 0."""

    approval: Approval
    number: str
    version: int
    reason: str
    title: str
    horizon: str
    term: str
    starts_on: str
    ends_on: str
    whose: str
    post: str
    aim: str
    tasks: str
    examined_on: str
    parts: list[PlanPart]


def plan_content(
    actor: Actor, plan: WorkPlan, *, version: int = 0, director: str = "", today: date | None = None
) -> WorkPlanContent:
    """The content of the paper; with `today` the column «Отметка о выполнении» is counted from the log."""
    items = list(plan.items.select_related("responsible__user").order_by("order", "pk"))
    done = done_of(one.pk for one in items) if today else {}
    return WorkPlanContent(
        approval=Approval(
            organisation=plan.organisation.full_name or plan.organisation.short_name,
            director=director,
            day=plan.approved_on.isoformat() if plan.approved_on else "",
        ),
        number=f"{plan.number}/{plan.number_year}" if plan.number else "",
        version=version,
        reason=plan.change_reason,
        title=plan_title(plan),
        horizon=plan.horizon,
        term=term_title(plan.horizon, plan.starts_on, plan.ends_on),
        starts_on=plan.starts_on.isoformat(),
        ends_on=plan.ends_on.isoformat(),
        whose=plan.owner.user.full_name if plan.owner else whose(plan),
        post=plan.owner.inner_caption if plan.owner else "",
        aim=plan.aim,
        tasks=plan.tasks,
        examined_on=plan.examined_on.isoformat() if plan.examined_on else "",
        parts=_parts(items, done, today),
    )


def _parts(items: list[PlanItem], done: Mapping[int, Done], today: date | None) -> list[PlanPart]:
    parts, number = [], 0
    for direction in WorkDirection:
        lines = []
        for one in items:
            if one.direction == direction:
                number += 1
                lines.append(_line(one, number, done.get(one.pk, Done()), today))
        if lines:
            parts.append(PlanPart(code=str(direction), title=str(direction.label), lines=lines))
    return parts


def _line(item: PlanItem, number: int, done: Done, today: date | None) -> PlanLine:
    return PlanLine(
        key=item.public_id, number=str(number), title=item.title, aim=item.aim, participants=item.participants,
        term=item_term(item), responsible=item.responsible.user.short_name if item.responsible else "",
        result=item.expected_result, done=done_words(item, done, today) if today else "",
        dropped=item.drop_reason if item.is_dropped else "",
    )  # fmt: skip


def item_term(item: PlanItem) -> str:
    """«23.11.2026», or «01.11.2026 — 30.11.2026»."""
    if item.starts_on == item.ends_on:
        return f"{item.starts_on:%d.%m.%Y}"
    return f"{item.starts_on:%d.%m.%Y}\u00a0— {item.ends_on:%d.%m.%Y}"


def done_words(item: PlanItem, done: Done, today: date) -> str:
    """«сделано: 4 записи, последняя 21.11.2026»."""
    words = state_of(item, done, today).words
    if not done.entries or done.last_on is None:
        return words
    return f"{words}: {plural(done.entries, 'запись,записи,записей')}, последняя {done.last_on:%d.%m.%Y}"
