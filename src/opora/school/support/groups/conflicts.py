"""What stands against a lesson at a time: a day off, its specialist, its cabinet, its children in other groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Q

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.typography import NBSP, long_date

from ..schoolyear.models import Cabinet
from ..schoolyear.reading import Days, days_of
from .models import Group, GroupMember, Lesson

NAMED = 3  # children named in one sentence


@dataclass(frozen=True)
class Conflict:
    """`blocks`: it is refused; else a tick confirms it. `field` is where a form says it."""

    code: str
    words: str
    field: str = "starts_at"
    blocks: bool = True


@dataclass(frozen=True)
class Wanted:
    """A lesson that somebody wants to hold."""

    on: date
    starts_at: time
    minutes: int
    cabinet: Cabinet | None = None

    @property
    def span(self) -> tuple[int, int]:
        start = minute_of(self.starts_at)
        return start, start + self.minutes


def minute_of(at: time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches of time have a minute in common; one that begins where another ends has none."""
    return one[0] < other[1] and other[0] < one[1]


def clock(start: int, end: int) -> str:
    """«9:40—10:20»."""
    return f"{start // 60}:{start % 60:02d}—{end // 60}:{end % 60:02d}"


@dataclass
class _Others:
    """What is known of the days in question: lessons that stand already, and which children they have."""

    lessons: dict[date, list[Lesson]]
    theirs: dict[int, list[GroupMember]]
    own: list[GroupMember]
    names: dict[int, str]
    calendar: Days


def lesson_conflicts(
    actor: Actor, group: Group, wanted: Sequence[Wanted], *, moved: Lesson | None = None
) -> list[list[Conflict]]:
    """For each wanted lesson of a group what stands against it; a fixed number of queries for all of them."""
    if not wanted:
        return []
    others = _others(actor, group, wanted, moved)
    return [[*_day(group, one, others), *_people(group, one, others)] for one in wanted]


def _others(actor: Actor, group: Group, wanted: Sequence[Wanted], moved: Lesson | None) -> _Others:
    at, days = group.organisation, {one.on for one in wanted}
    own = list(GroupMember.objects.of(at).filter(group=group).present_or_later(min(days)).select_related("child"))
    children = [one.child_id for one in own]
    cabinets = {one.cabinet.pk for one in wanted if one.cabinet}
    theirs: dict[int, list[GroupMember]] = defaultdict(list)
    for member in GroupMember.objects.of(at).filter(child__in=children).exclude(group=group):
        theirs[member.group_id].append(member)
    meets = Q(group__leader__user=group.leader.user_id) | Q(cabinet__in=cabinets) | Q(group__in=list(theirs))
    rows = Lesson.objects.of(at).planned().filter(meets, on__in=days).select_related("group__leader__user", "cabinet")
    lessons: dict[date, list[Lesson]] = defaultdict(list)
    for lesson in rows.exclude(pk=moved.pk) if moved else rows:
        lessons[lesson.on].append(lesson)
    known = GroupMember.objects.visible_to(actor).filter(group=group).values_list("child", flat=True)
    visible = frozenset(known)
    return _Others(
        lessons=lessons, theirs=theirs, own=own,
        names={one.child_id: one.child.short_name for one in own if one.child_id in visible},
        calendar=days_of(at, min(days), max(days)),
    )  # fmt: skip


def _day(group: Group, one: Wanted, others: _Others) -> Iterator[Conflict]:
    if one.on < group.starts_on or one.on > group.ends_on:
        term = f"с{NBSP}{group.starts_on:%d.%m.%Y} по{NBSP}{group.ends_on:%d.%m.%Y}"
        yield Conflict("term", f"Группа занимается {term}: {one.on:%d.%m.%Y} вне этого срока.", "on")
    if why := others.calendar.why_off(one.on):
        yield Conflict("day_off", day_off_words(one.on, why), "on")


def day_off_words(day: date, why: str) -> str:
    """«4 ноября 2026 г. школа не работает: осенние каникулы»."""
    return f"{long_date(day)} школа не{NBSP}работает: {why}. Выберите другой день."


def _people(group: Group, one: Wanted, others: _Others) -> Iterator[Conflict]:
    for lesson in others.lessons.get(one.on, ()):
        start = minute_of(lesson.starts_at)
        span = (start, start + lesson.minutes)
        if not overlap(one.span, span):
            continue
        told = f"«{lesson.group.title}», {clock(*span)}"
        if lesson.group.leader.user_id == group.leader.user_id:
            yield Conflict("person", f"{group.leader.user.short_name} в{NBSP}это время ведёт занятие {told}.")
        if one.cabinet is not None and lesson.cabinet_id == one.cabinet.pk:
            yield Conflict("cabinet", f"{one.cabinet} в{NBSP}это время занят: {told}.", "cabinet")
        if lesson.group_id != group.pk and (busy := _shared(one.on, others, lesson.group_id)):
            yield Conflict("child", f"{_named(busy, others.names)} в{NBSP}это время на{NBSP}занятии {told}.")


def _shared(day: date, others: _Others, group_id: int) -> list[int]:
    """Children of the group who are in the other one too on the day."""
    there = {one.child_id for one in others.theirs.get(group_id, ()) if is_in(one, day)}
    return [one.child_id for one in others.own if one.child_id in there and is_in(one, day)]


def is_in(member: GroupMember, day: date) -> bool:
    """Whether a child is in its group on a day."""
    return member.joined_on <= day and (member.left_on is None or member.left_on >= day)


def _named(children: Sequence[int], names: dict[int, str]) -> str:
    told = [names[key] for key in children[:NAMED] if key in names]
    rest = len(children) - len(told)
    if not told:
        return "Ребёнок этой группы" if rest == 1 else f"Дети этой группы ({rest})"
    return ", ".join(told) + (f" и{NBSP}ещё {rest}" if rest else "")
