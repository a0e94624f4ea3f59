"""What the page of a plan shows: lines by direction with what is done, ready for the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opora.foundation.access.actions import may
from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.models import Event
from opora.people.law import law_on
from opora.regulations.service.entries import ServiceDirection
from opora.regulations.service.reading import service_directions

from ..materials.models import WorkDirection
from .content import item_term
from .doing import Done, Progress, State, done_of, state_of
from .flow import FLOW
from .models import PlanItem, PlanVersion, WorkPlan
from .naming import plan_title, whose
from .selectors import staff_on
from .services import growable, may_write
from .versions import approved_content, approved_items, version_for


@dataclass
class Row:
    """A line: `values` are what stands in its fields, typed values after a refusal."""

    item: PlanItem
    number: int
    values: Mapping[str, Any]
    state: State
    done: Done
    term: str
    who: str = ""
    staff: list[Position] = field(default_factory=list)
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    theirs: bool = False

    @property
    def messages(self) -> list[str]:
        return [message for found in self.errors.values() for message in found]


@dataclass
class Part:
    """A direction of work with its lines; `law` says what belongs to it, with its clause."""

    code: str
    title: str
    rows: list[Row]
    law: ServiceDirection | None = None


def values_of(item: PlanItem) -> dict[str, Any]:
    return {
        "title": item.title, "direction": item.direction, "aim": item.aim, "participants": item.participants,
        "starts_on": f"{item.starts_on:%d.%m.%Y}", "ends_on": f"{item.ends_on:%d.%m.%Y}",
        "responsible": item.responsible.public_id if item.responsible else "",
        "expected_result": item.expected_result,
    }  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """What was typed in a row and refused; `theirs`: another has changed the row meanwhile."""

    values: Mapping[str, Any]
    errors: Mapping[str, list[str]]
    theirs: bool = False


def rows_of(plan: WorkPlan, staff: list[Position], today: date, typed: Mapping[int, Typed]) -> list[Row]:
    """Every line in order; a fixed number of queries."""
    items = list(plan.items.select_related("responsible__user", "origin").order_by("order", "pk"))
    done = done_of(one.pk for one in items)
    places = {code: place for place, code in enumerate(WorkDirection.values)}
    rows = []
    for number, one in enumerate(sorted(items, key=lambda item: places[item.direction]), start=1):
        kept = typed.get(one.pk)
        row = Row(
            item=one, number=number, values=kept.values if kept else values_of(one), done=done[one.pk],
            state=state_of(one, done[one.pk], today), term=item_term(one), staff=_with(staff, one),
            who=one.responsible.user.short_name if one.responsible else "",
        )  # fmt: skip
        if kept:
            row.errors, row.theirs = kept.errors, kept.theirs
        rows.append(row)
    return rows


def approved_rows(version: PlanVersion, today: date) -> list[Row]:
    """Lines as they were approved; a fixed number of queries."""
    items = approved_items(version)
    done = done_of(one.pk for one, _ in items)
    return [
        Row(
            item=one, number=number, values={}, done=done[one.pk], state=state_of(one, done[one.pk], today),
            term=item_term(one), who=who,
        )
        for number, (one, who) in enumerate(items, start=1)
    ]  # fmt: skip


def _with(staff: list[Position], item: PlanItem) -> list[Position]:
    """The list to choose from, with whoever answers for the line now though he may have left."""
    if item.responsible is None or any(one.pk == item.responsible_id for one in staff):
        return staff
    return [*staff, item.responsible]


def sheet_context(
    actor: Actor,
    plan: WorkPlan,
    today: date,
    *,
    typed: Mapping[int, Typed] | None = None,
    fresh: PlanItem | None = None,
) -> dict[str, Any]:
    """Everything that the page and its pieces need; `fresh` is the line that was added just now.

    `shown` is the approved version that a reader of a plan under change sees in its place.
    """
    editing = plan.is_open and may_write(actor, plan) and may(actor, "plan.write")
    shown = None if editing else version_for(actor, plan)
    if shown is not None:
        rows, words = approved_rows(shown, today), approved_content(shown)
        aim, tasks = words["aim"], words["tasks"]
    else:
        rows = rows_of(plan, staff_on(actor, today) if editing else [], today, typed or {})
        aim, tasks = plan.aim, plan.tasks
    law = {one.code: one for one in service_directions(law_on(today))}
    parts = [
        Part(str(one), str(one.label), [row for row in rows if row.item.direction == one], law.get(one))
        for one in WorkDirection
    ]
    offered = growable(plan) if editing else []
    return {
        "plan": plan, "title": plan_title(plan), "whose": whose(plan), "editing": editing,
        "parts": parts if editing else [one for one in parts if one.rows], "count": len(rows),
        "directions": WorkDirection.choices, "progress": _progress(rows), "growable": len(offered),
        "shown": shown, "aim": aim, "tasks": tasks,
        "adding": fresh.direction if fresh else "", "steps": _steps(actor, plan), "colour": plan.colour,
    }  # fmt: skip


def _progress(rows: list[Row]) -> Progress:
    counted = dict.fromkeys(("done", "under_way", "late", "ahead", "dropped"), 0)
    for row in rows:
        counted[row.state.code] += 1
    return Progress(planned=len(rows) - counted["dropped"], **counted)


def _steps(actor: Actor, plan: WorkPlan) -> dict[str, str]:
    """Steps that the actor may take now: the last word of the action -> the title of its button."""
    found = {}
    for row in FLOW.available(plan.status, actor):
        if row.action in ("plan.submit", "plan.change") and not may_write(actor, plan):
            continue
        found[row.action.removeprefix("plan.")] = row.title
    return found


def history_of(actor: Actor, plan: WorkPlan) -> list[Event]:
    rows = Event.objects.visible_to(actor).about(plan).select_related("user")
    return list(rows[:20])
