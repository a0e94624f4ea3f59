"""What the page of a schedule shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from opora.foundation.access.flow import Transition
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.models import Event

from ..approval import Status
from .flow import FLOW, WRITERS
from .forms import CopyForm, ReasonForm, RemarksForm
from .grid import grid_of
from .listing import state_of
from .models import ScheduleSlot, WorkSchedule
from .owning import owns
from .totals import totals_of

# Where a step is carried out; the forms of those that ask for words.
PAGES = {
    "schedule.submit": "schedules:submit", "schedule.examine": "schedules:examine",
    "schedule.approve": "schedules:approve", "schedule.return": "schedules:return",
    "schedule.change": "schedules:change",
}  # fmt: skip
ASKED: dict[str, type[RemarksForm | ReasonForm]] = {"schedule.return": RemarksForm, "schedule.change": ReasonForm}


@dataclass(frozen=True)
class Step:
    """A step that the actor may take now; `form` asks for its words, None where a click is enough."""

    row: Transition[Status]
    form: RemarksForm | ReasonForm | None

    @property
    def page(self) -> str:
        return PAGES[self.row.action]


def slots_of(schedule: WorkSchedule) -> list[ScheduleSlot]:
    """All slots with what their words need; one query."""
    return list(schedule.slots.select_related("group", "cabinet"))


def steps_of(actor: Actor, schedule: WorkSchedule) -> list[Step]:
    """The next step first."""
    own = owns(actor, schedule.position)
    rows = FLOW.available(schedule.status, actor)
    return [Step(row, ASKED[row.action]() if row.action in ASKED else None) for row in rows if own or not row.whose]


def week_context(actor: Actor, schedule: WorkSchedule) -> dict[str, Any]:
    """The grid with its totals: what a moved slot draws anew."""
    slots = slots_of(schedule)
    return {
        "schedule": schedule,
        "grid": grid_of(schedule, slots),
        "totals": totals_of(schedule, slots),
        "may_write": schedule.is_open and owns(actor, schedule.position) and bool(actor.roles & WRITERS),
    }


def schedule_context(
    actor: Actor, schedule: WorkSchedule, copying: CopyForm | None = None, *,
    told: RemarksForm | ReasonForm | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The whole page; a fixed number of queries. `told` are the words of a step that was refused.

    They stand in the form of their step, or above the page when the step cannot be taken any more.
    """
    steps = [
        replace(one, form=told) if told and type(one.form) is type(told) else one for one in steps_of(actor, schedule)
    ]
    week = week_context(actor, schedule)
    return week | {
        "colour": state_of(schedule),
        "main": next((one for one in steps if one.row.main), None),
        "steps": [one for one in steps if not one.row.main],
        "next_step": FLOW.next_step(schedule.status),
        "copying": copying or CopyForm(),
        "too_late": told if told and not any(one.form is told for one in steps) else None,
        "versions": list(schedule.versions.select_related("approved_by")),
        "has_groups": any(one.slot.group_id for day in week["grid"].days for one in day.slots),
        "owns": owns(actor, schedule.position),
        "events": list(Event.objects.visible_to(actor).about(schedule).deeds().select_related("user")[:20]),
    }
