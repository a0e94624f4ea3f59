"""The calendar file of one specialist: his schedule and the lessons of his groups. It names no child."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor

from ..groups.models import Lesson
from ..schoolyear.reading import Days, days_of
from .conflicts import slot_words
from .ics import CalendarEvent, calendar_file
from .models import ScheduleSlot, WorkSchedule
from .weeks import Moment, answered, slot_days

BACK = timedelta(days=60)  # past lessons that the file still holds


def own_calendar(actor: Actor, now: datetime) -> bytes:
    """Slots of the schedules that go on or come, and lessons; slots give way to the lessons of their group."""
    today = timezone.localdate(now)
    lessons = list(_lessons(actor, today))
    planned = [one for one in lessons if one.cancelled_on is None]
    events = [*_of_lessons(planned), *_of_schedules(_schedules(actor, today), lessons)]
    return calendar_file(events, title="Опора: график и занятия", stamp=now)


def _lessons(actor: Actor, today: date) -> Iterable[Lesson]:
    rows = Lesson.objects.visible_to(actor).filter(group__leader__user=actor.user, on__gte=today - BACK)
    return rows.select_related("group", "cabinet").order_by("on", "starts_at")


def _schedules(actor: Actor, today: date) -> list[WorkSchedule]:
    """The weightiest first: what the director has approved before drafts, later ones before earlier ones."""
    posts = Position.objects.visible_to(actor).filter(user=actor.user)
    slots = Prefetch("slots", ScheduleSlot.objects.select_related("group__leader", "cabinet"))
    rows = WorkSchedule.objects.visible_to(actor).filter(position__in=posts, ends_on__gte=today)
    found = rows.select_related("organisation", "position").prefetch_related(slots)
    return sorted(found, key=lambda one: (one.approved_on is not None, one.starts_on, one.pk), reverse=True)


def _of_lessons(lessons: Iterable[Lesson]) -> Iterator[CalendarEvent]:
    for one in lessons:
        starts = local(one.on, one.starts_at)
        yield CalendarEvent(
            uid=f"lesson-{one.public_id}@opora", starts=starts, ends=starts + timedelta(minutes=one.minutes),
            title=one.group.title, place=str(one.cabinet) if one.cabinet else "",
        )  # fmt: skip


def _of_schedules(schedules: Iterable[WorkSchedule], lessons: Iterable[Lesson]) -> Iterator[CalendarEvent]:
    """Slots of each schedule on the days that no weightier one of the post has taken; an empty one takes none."""
    above: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for schedule in schedules:
        every = list(schedule.slots.all())
        if not every:
            continue
        calendar = days_of(schedule.organisation, schedule.starts_on, schedule.ends_on)
        told = _answered(schedule, every, lessons)
        for slot in filter(_is_own, every):
            event = slot_event(schedule, slot, calendar, told, above[schedule.position_id])
            if event is not None:
                yield event
        above[schedule.position_id].append((schedule.starts_on, schedule.ends_on))


def _is_own(slot: ScheduleSlot) -> bool:
    """Whether the time is still his: the group is open, and nobody else leads it."""
    group = slot.group
    return group is None or (group.closed_on is None and group.leader.user_id == slot.schedule.position.user_id)


def _answered(
    schedule: WorkSchedule, slots: Iterable[ScheduleSlot], lessons: Iterable[Lesson]
) -> set[tuple[int, Moment]]:
    """Meetings of groups that have their lesson, also one that was moved or cancelled."""
    meetings: dict[int, set[Moment]] = defaultdict(set)
    for slot in slots:
        if slot.group_id is not None:
            days = slot_days(schedule.starts_on, schedule.ends_on, slot.weekday, slot.weeks)
            meetings[slot.group_id] |= {(day, slot.starts_at) for day in days}
    held: dict[int, list[Moment]] = defaultdict(list)
    for one in lessons:
        held[one.group_id].append((one.on, one.starts_at))
    return {(group, one) for group, some in meetings.items() for one in answered(some, held[group])}


def slot_event(
    schedule: WorkSchedule, slot: ScheduleSlot, calendar: Days, told: Collection[tuple[int, Moment]],
    above: Sequence[tuple[date, date]],
) -> CalendarEvent | None:  # fmt: skip
    """A repeated event; without days off, days with the group's own lesson and those of weightier schedules.

    None when no day is left.
    """
    days = list(slot_days(schedule.starts_on, schedule.ends_on, slot.weekday, slot.weeks))

    def is_out(day: date) -> bool:
        has_lesson = (slot.group_id or 0, (day, slot.starts_at)) in told
        return has_lesson or not calendar.is_school_day(day) or any(first <= day <= last for first, last in above)

    without = [day for day in days if is_out(day)]
    if len(without) == len(days):
        return None
    starts = local(days[0], slot.starts_at)
    return CalendarEvent(
        uid=f"slot-{slot.public_id}@opora", starts=starts, ends=local(days[0], slot.ends_at), title=slot_words(slot),
        place=str(slot.cabinet) if slot.cabinet else "", every=1 if slot.weeks == slot.Weeks.EVERY else 2,
        until=local(days[-1], slot.starts_at), without=[local(day, slot.starts_at) for day in without],
    )  # fmt: skip


def local(day: date, at: time) -> datetime:
    """A moment in the zone of the school."""
    return timezone.make_aware(datetime.combine(day, at))
