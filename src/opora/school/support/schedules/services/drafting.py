"""A schedule is begun, and its slots are added, moved, copied, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from ...groups.conflicts import Conflict
from ...groups.models import Group
from ...groups.services.lessons import cabinet_require, times_lock
from ...schoolyear.bounds import year_require
from ...schoolyear.models import Cabinet
from .. import events
from ..conflicts import SlotDraft, slot_conflicts
from ..models import ScheduleSlot, Weekday, WorkSchedule
from ..owning import open_require, position_require

LONGEST = 400  # days
MOST_SLOTS = 120


class SlotFields(TypedDict, total=False):
    """What may be said of a slot."""

    weekday: int
    starts_at: time
    ends_at: time
    kind: str
    weeks: str
    group: Group | None
    cabinet: Cabinet | None
    note: str


class Term(TypedDict):
    """The time of a schedule."""

    period: NotRequired[str]
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Copied:
    """What a copy made, and what it left out because of conflicts."""

    made: list[ScheduleSlot]
    left_out: list[tuple[str, Conflict]]


@transaction.atomic
def schedule_start(*, actor: Actor, position: Position, **term: Unpack[Term]) -> WorkSchedule:
    """Begin an empty schedule. Raises PermissionDenied, Refusal."""
    require(actor, "schedule.write")
    position_require(actor, position)
    schedule = WorkSchedule(organisation=actor.at, position=position)
    _set_term(schedule, term)
    schedule.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            schedule.save()
    except IntegrityError:
        raise Refusal("twice", "Такой график только что составили.", field="starts_on") from None
    record(events.SCHEDULE_STARTED, actor=actor, subject=schedule, period=schedule.get_period_display())
    return schedule


@transaction.atomic
def slots_copy(*, actor: Actor, schedule: WorkSchedule, source: WorkSchedule) -> Copied:
    """Take over the slots of an earlier schedule; one that meets something in the new term is left out and told.

    A group that is closed or that another specialist leads is not taken over: its time stays without it, and
    so with a cabinet out of use. Lessons of classes were agreed upon when the earlier schedule was drawn up.
    """
    fresh = open_require(actor, schedule)
    require_own(actor, source)
    copies = [_copy_of(slot, fresh) for slot in source.slots.select_related("group__leader", "cabinet")]
    times_lock(fresh.position, [one.cabinet for one in copies], [one.group for one in copies])
    answer = _take_over(actor, fresh, copies, even_agreed=True)
    record(events.SLOTS_COPIED, actor=actor, subject=fresh, count=len(answer.made))
    return answer


def _copy_of(slot: ScheduleSlot, schedule: WorkSchedule, weekday: int | None = None) -> ScheduleSlot:
    group = slot.group
    if group is not None and (group.closed_on or group.leader.user_id != schedule.position.user_id):
        group = None
    cabinet = None if slot.cabinet is None or slot.cabinet.is_retired else slot.cabinet
    return ScheduleSlot(
        organisation=schedule.organisation, schedule=schedule, weekday=weekday or slot.weekday,
        starts_at=slot.starts_at, ends_at=slot.ends_at, kind=slot.kind, weeks=slot.weeks, group=group,
        cabinet=cabinet, note=slot.note,
    )  # fmt: skip


def _take_over(
    actor: Actor, schedule: WorkSchedule, copies: Sequence[ScheduleSlot], *, even_agreed: bool = False
) -> Copied:
    """Save those that meet nothing; `even_agreed` ones may meet lessons of their children's classes."""
    answer = Copied([], [])
    for copy in copies:
        met = [one for one in slot_conflicts(actor, schedule, SlotDraft.of(copy)) if one.blocks or not even_agreed]
        if met:
            answer.left_out.append((str(copy), met[0]))
        else:
            copy.full_clean()
            copy.save()
            answer.made.append(copy)
    return answer


@transaction.atomic
def schedule_term_change(*, actor: Actor, schedule: WorkSchedule, **term: Unpack[Term]) -> WorkSchedule:
    """Another term for a draft. Raises as `schedule_start`, and for a slot that meets something in the new term."""
    fresh = open_require(actor, schedule)
    _set_term(fresh, term)
    fresh.full_clean(validate_constraints=False)
    slots = list(fresh.slots.select_related("group", "cabinet"))
    times_lock(fresh.position, [one.cabinet for one in slots], [one.group for one in slots])
    for slot in slots:
        for met in slot_conflicts(actor, fresh, SlotDraft.of(slot), moved=slot):
            if met.blocks:
                raise Refusal(met.code, f"В эти дни {slot}: {met.words}", field="starts_on")
    fresh.save(update_fields=["period", "starts_on", "ends_on"])
    record(events.SCHEDULE_TERM_CHANGED, actor=actor, subject=fresh)
    return fresh


def _set_term(schedule: WorkSchedule, term: Term) -> None:
    for name, value in term.items():
        setattr(schedule, name, value)
    year_require(schedule.starts_on, "starts_on")
    if schedule.ends_on < schedule.starts_on:
        raise Refusal("term", "Последний день раньше первого.", field="ends_on")
    if (schedule.ends_on - schedule.starts_on).days > LONGEST:
        raise Refusal("term", "График составляют не больше чем на учебный год.", field="ends_on")
    same = WorkSchedule.objects.filter(
        position=schedule.position, period=schedule.period, starts_on=schedule.starts_on
    ).exclude(pk=schedule.pk)  # fmt: skip
    if same.exists():
        raise Refusal("twice", "Такой график с этого дня уже есть: откройте его в списке.", field="starts_on")


@transaction.atomic
def slot_add(
    *, actor: Actor, schedule: WorkSchedule, confirmed: bool = False, **fields: Unpack[SlotFields]
) -> ScheduleSlot:
    """Add a stretch of time; with a group its kind follows from the group.

    Raises Refusal for a conflict of person, cabinet or child; for a lesson of a child's class unless `confirmed`.
    """
    fresh = open_require(actor, schedule)
    if fresh.slots.count() >= MOST_SLOTS:
        raise Refusal("many", f"В неделе не больше {MOST_SLOTS} строк графика.", field="starts_at")
    slot = ScheduleSlot(organisation=actor.at, schedule=fresh)
    _fill(actor, slot, fields, confirmed)
    slot.save()
    record(events.SLOT_ADDED, actor=actor, subject=fresh, when=str(slot))
    return slot


@transaction.atomic
def slot_change(
    *, actor: Actor, slot: ScheduleSlot, confirmed: bool = False, **fields: Unpack[SlotFields]
) -> ScheduleSlot:
    """Move or change a slot; what is not named stays. Raises as `slot_add`."""
    fresh = _locked(actor, slot)
    _fill(actor, fresh, fields, confirmed)
    fresh.save()
    record(events.SLOT_CHANGED, actor=actor, subject=fresh.schedule, when=str(fresh))
    return fresh


@transaction.atomic
def slot_remove(*, actor: Actor, slot: ScheduleSlot) -> None:
    """Take a slot out of a draft."""
    fresh = _locked(actor, slot)
    record(events.SLOT_REMOVED, actor=actor, subject=fresh.schedule, when=str(fresh))
    fresh.delete()


@transaction.atomic
def day_copy(*, actor: Actor, schedule: WorkSchedule, source: int, targets: Sequence[int]) -> Copied:
    """Copy the slots of a day to other days; a slot that meets something there is left out and told."""
    fresh = open_require(actor, schedule)
    wanted = [one for one in dict.fromkeys(targets) if one != source and one in Weekday.values]
    if not wanted:
        raise Refusal("targets", "Отметьте дни, на которые скопировать.", field="targets")
    copied = list(fresh.slots.filter(weekday=source).select_related("group__leader", "cabinet"))
    times_lock(fresh.position, [slot.cabinet for slot in copied], [slot.group for slot in copied])
    answer = _take_over(actor, fresh, [_copy_of(slot, fresh, day) for slot in copied for day in wanted])
    record(events.DAY_COPIED, actor=actor, subject=fresh, count=len(answer.made))
    return answer


def _locked(actor: Actor, slot: ScheduleSlot) -> ScheduleSlot:
    require_own(actor, slot)
    schedule = open_require(actor, slot.schedule)
    rows = ScheduleSlot.objects.select_for_update(of=("self",)).select_related("group", "cabinet")
    fresh = rows.get(pk=slot.pk)
    fresh.schedule = schedule
    return fresh


def _fill(actor: Actor, slot: ScheduleSlot, fields: SlotFields, confirmed: bool) -> None:
    group, cabinet = slot.group, slot.cabinet
    for name, value in fields.items():
        setattr(slot, name, value)
    if slot.group is not None:
        slot.kind = slot.group.kind
        if slot.group != group:
            _require_own_group(actor, slot.group, slot.schedule.position)
    cabinet_require(actor, slot.cabinet, cabinet)
    slot.full_clean(exclude=["ends_at"], validate_constraints=False)
    times_lock(slot.schedule.position, [slot.cabinet], [slot.group])
    met = slot_conflicts(actor, slot.schedule, SlotDraft.of(slot), moved=slot if slot.pk else None)
    blocking = next((one for one in met if one.blocks), None)
    if blocking is not None:
        raise Refusal(blocking.code, blocking.words, field=blocking.field)
    if met and not confirmed:
        raise Refusal("confirm", f"{met[0].words} Отметьте, что это согласовано.", field="confirmed")


def _require_own_group(actor: Actor, group: Group, position: Position) -> None:
    own = group.leader.user_id == position.user_id
    if group.organisation_id != actor.at.pk or group.closed_on or not own:
        raise Refusal("group", "В график ставят свои группы, которые не закрыты.", field="group")
