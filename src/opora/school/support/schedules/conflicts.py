"""What stands against a slot: its specialist, the cabinet, its children elsewhere, lessons of their classes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from django.db.models import Q

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.typography import NBSP, plural
from opora.school.pupils.models import Placement

from ..groups.conflicts import Conflict, clock, minute_of
from ..groups.models import Group, GroupMember
from ..groups.series import LONGEST, SHORTEST
from ..schoolyear.models import Cabinet
from .models import ClassLesson, ScheduleSlot, WorkSchedule
from .weeks import meet

DAY_BEGINS, DAY_ENDS = time(7), time(21)
STEP = 5  # minutes


@dataclass(frozen=True)
class SlotDraft:
    """A stretch of time as somebody wants it."""

    weekday: int
    starts_at: time
    ends_at: time
    kind: str
    weeks: str = "every"
    group: Group | None = None
    cabinet: Cabinet | None = None

    @classmethod
    def of(cls, slot: ScheduleSlot) -> SlotDraft:
        return cls(
            slot.weekday, slot.starts_at, slot.ends_at, slot.kind, slot.weeks, slot.group, slot.cabinet
        )  # fmt: skip


def slot_conflicts(
    actor: Actor, schedule: WorkSchedule, draft: SlotDraft, *, moved: ScheduleSlot | None = None
) -> list[Conflict]:
    """Those that refuse the slot first, then those that a tick confirms; a fixed number of queries."""
    if draft.ends_at <= draft.starts_at or draft.starts_at < DAY_BEGINS or draft.ends_at > DAY_ENDS:
        span = clock(minute_of(DAY_BEGINS), minute_of(DAY_ENDS))
        return [Conflict("span", f"Время в{NBSP}графике — с{NBSP}начала до{NBSP}конца, в{NBSP}пределах {span}.")]
    if wrong := length_words(draft):
        return [Conflict("length", wrong, "ends_at")]
    members = _members(draft.group, schedule)
    found = [*_slots(actor, schedule, draft, moved, members), *_lessons(draft, members)]
    return sorted(found, key=lambda one: not one.blocks)


def length_words(draft: SlotDraft) -> str:
    """What is wrong with the length of a slot: with a group it makes lessons, and is as long as they may be."""
    minutes = minute_of(draft.ends_at) - minute_of(draft.starts_at)
    if draft.group is not None and not SHORTEST <= minutes <= LONGEST:
        return f"Занятие длится от{NBSP}{SHORTEST} до{NBSP}{LONGEST}{NBSP}минут."
    return f"Время в{NBSP}графике — не{NBSP}короче {SHORTEST}{NBSP}минут." if minutes < SHORTEST else ""


def _members(group: Group | None, schedule: WorkSchedule) -> dict[int, GroupMember]:
    if group is None:
        return {}
    rows = GroupMember.objects.filter(group=group).present_or_later(schedule.starts_on).select_related("child")
    return {one.child_id: one for one in rows.filter(joined_on__lte=schedule.ends_on)}


def _slots(
    actor: Actor, schedule: WorkSchedule, draft: SlotDraft, moved: ScheduleSlot | None, members: dict[int, GroupMember]
) -> Iterator[Conflict]:
    theirs = GroupMember.objects.of(schedule.organisation).present_or_later(schedule.starts_on)
    shared = dict(theirs.filter(child__in=members).exclude(group=draft.group).values_list("group", "child"))
    position = schedule.position
    meets = Q(schedule=schedule) | Q(schedule__position__user=position.user_id) | Q(group__in=list(shared))
    if draft.cabinet is not None:
        meets |= Q(cabinet=draft.cabinet)
    rows = ScheduleSlot.objects.of(schedule.organisation).filter(
        meets, weekday=draft.weekday, starts_at__lt=draft.ends_at, ends_at__gt=draft.starts_at,
        schedule__starts_on__lte=schedule.ends_on, schedule__ends_on__gte=schedule.starts_on,
    )  # fmt: skip
    # Another schedule of the same post is the same time told once more: a month out of a half-year.
    others = rows.filter(~Q(schedule__position=position) | Q(schedule=schedule)).exclude(pk=moved.pk if moved else 0)
    names = _names(actor, members)
    for slot in others.select_related("schedule__position__user", "group", "cabinet"):
        if not meet(draft.weeks, schedule.starts_on, slot.weeks, slot.schedule.starts_on):
            continue
        told = f"{slot_words(slot)}, {clock(minute_of(slot.starts_at), minute_of(slot.ends_at))}"
        who = slot.schedule.position.user
        if who.pk == position.user_id:
            yield Conflict("person", f"{who.short_name} в{NBSP}это время: {told}.")
        elif draft.cabinet is not None and slot.cabinet_id == draft.cabinet.pk:
            yield Conflict("cabinet", f"{draft.cabinet} занят: {who.short_name}, {told}.", "cabinet")
        if slot.group_id in shared and slot.group_id != (draft.group.pk if draft.group else None):
            name = names.get(shared[slot.group_id], "Ребёнок этой группы")
            yield Conflict("child", f"{name} в{NBSP}это время занимается: {told}, {who.short_name}.")


def _names(actor: Actor, members: dict[int, GroupMember]) -> dict[int, str]:
    rows = GroupMember.objects.visible_to(actor).filter(pk__in=[one.pk for one in members.values()])
    known = frozenset(rows.values_list("child", flat=True)) if members else frozenset()
    return {key: one.child.short_name for key, one in members.items() if key in known}


def _lessons(draft: SlotDraft, members: dict[int, GroupMember]) -> Iterator[Conflict]:
    """Lessons of the children's classes; the school may take a child from a lesson, so they are only confirmed."""
    if not members:
        return
    rooms = list(Placement.objects.present().filter(child__in=members).values_list("school_class", flat=True))
    lessons = ClassLesson.objects.filter(
        school_class__in=rooms, weekday=draft.weekday, starts_at__lt=draft.ends_at, ends_at__gt=draft.starts_at
    )  # fmt: skip
    for one in lessons.select_related("school_class"):
        children = plural(rooms.count(one.school_class_id), "ребёнок,ребёнка,детей")
        span = clock(minute_of(one.starts_at), minute_of(one.ends_at))
        words = f"У{NBSP}{one.school_class} в{NBSP}это время урок: {one.subject}, {span} (из{NBSP}группы {children})."
        yield Conflict("lesson", words, "confirmed", blocks=False)


def slot_words(slot: ScheduleSlot) -> str:
    """What a slot is, in words that name nobody."""
    return slot.group.title if slot.group else str(slot.get_kind_display())
