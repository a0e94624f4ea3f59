"""«Мой день»: the lessons that wait to be logged, what was entered, what was begun, and the days around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import cached_property

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.school.programmes.models import Activity

from ..groups.models import GroupMember, Lesson
from ..materials.models import Material
from ..plans.models import PlanItem, WorkPlan
from ..plans.selectors import items_of_day, narrowest, with_origins
from ..schoolyear.reading import Days, days_of, settings_of
from .choosing import Choice, names_of
from .models import EntryChild, WorkEntry
from .posts import own_keys, posts_of
from .services import ChildWork
from .services.entries import closed_on
from .services.writing import topic_of
from .terms import is_late, lessons_without_entry

RECENT = 150  # entries whose topics are offered
TOPICS = 25


@dataclass(frozen=True)
class LessonMember:
    """A child of the group in the form of a lesson: expected to be there, or as it was typed."""

    key: str  # public id
    name: str
    is_present: bool = True
    is_ill: bool = False
    dynamics: str = ""
    note: str = ""


@dataclass(frozen=True)
class LessonRow:
    """A planned lesson that nobody has logged, with those who are in the group on that day.

    `refusal` says why it was not taken; then the rest is what was typed.
    """

    lesson: Lesson
    members: list[LessonMember]
    topic: str
    content: str = ""
    reason: str = ""
    refusal: str = ""

    def refused(self, typed: Mapping[str, str], refusal: str) -> LessonRow:
        """The form as it was sent, with the sentence."""
        members = [
            replace(
                one, is_present=f"present-{one.key}" in typed, is_ill=f"ill-{one.key}" in typed,
                dynamics=typed.get(f"dynamics-{one.key}", ""), note=typed.get(f"note-{one.key}", ""),
            )
            for one in self.members
        ]  # fmt: skip
        return replace(
            self, members=members, refusal=refusal, topic=typed.get("topic", ""), content=typed.get("content", ""),
            reason=typed.get("reason", ""),
        )  # fmt: skip

    @property
    def is_late_group(self) -> bool:
        closed = self.lesson.group.closed_on
        return closed is not None and closed < self.lesson.on


@dataclass(frozen=True)
class DayMark:
    """One day of the strip above: how much is entered, how many lessons still wait."""

    day: date
    entries: int
    minutes: int
    waiting: int
    is_off: bool


@dataclass(frozen=True)
class ChildLine:
    """A chosen child in the form."""

    choice: Choice
    work: ChildWork
    activities: Sequence[tuple[str, str]] = ()


@dataclass
class Day:
    """What the page of one day shows."""

    on: date
    today: date
    is_off: bool
    why_off: str
    is_late: bool
    closed_on: date | None  # until when the work of this month was entered, where that is over
    lessons: list[LessonRow]
    cancelled: list[Lesson]
    entries: list[WorkEntry]  # by the hour; those without one come last
    drafts: list[WorkEntry]
    week: list[DayMark]
    late: dict[date, int]
    draft_names: dict[int, list[str]] = field(default_factory=dict)

    @cached_property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.entries)

    @property
    def last(self) -> WorkEntry | None:
        """What was entered last: it is repeated by one key."""
        return max(self.entries, key=lambda one: one.pk, default=None)

    @property
    def late_count(self) -> int:
        return sum(self.late.values())

    @property
    def previous(self) -> date:
        return self.on - timedelta(days=1)

    @property
    def following(self) -> date | None:
        return self.on + timedelta(days=1) if self.on < self.today else None


def day_of(actor: Actor, on: date, today: date) -> Day:
    """The day of one person; a fixed number of queries."""
    monday = on - timedelta(days=on.weekday())
    days = days_of(actor.at, monday, monday + timedelta(days=6))
    late = lessons_without_entry(actor.at, actor.person.pk, today)
    lessons, cancelled = _lessons(actor, on)
    mine = own_keys(actor)
    every = _entries(actor, on, mine)
    drafts = [one for one in every if one.is_draft]
    return Day(
        on=on, today=today, is_off=not days.is_school_day(on), why_off=days.why_off(on),
        is_late=on < today and is_late(actor.at, on, today), closed_on=closed_on(actor, on, today), lessons=lessons,
        cancelled=cancelled,
        entries=sorted((one for one in every if not one.is_draft), key=_hour), drafts=drafts,
        week=_week(actor, monday, today, late, days, mine), late=late,
        draft_names=_draft_names(actor, drafts),
    )  # fmt: skip


def _hour(entry: WorkEntry) -> tuple[time, int]:
    return entry.starts_at or time.max, entry.pk


def _lessons(actor: Actor, on: date) -> tuple[list[LessonRow], list[Lesson]]:
    rows = Lesson.objects.of(actor.at).filter(group__leader__user=actor.user, on=on, entry__isnull=True)
    found = list(rows.select_related("group", "topic").order_by("starts_at", "pk"))
    waiting = [one for one in found if one.cancelled_on is None]
    members = _members(actor, {one.group_id for one in waiting}, on)
    lines = [LessonRow(one, members[one.group_id], topic_of(one)) for one in waiting]
    return lines, [one for one in found if one.cancelled_on is not None]


def row_of(actor: Actor, lesson: Lesson) -> LessonRow:
    """One lesson with its members; two queries."""
    return LessonRow(lesson, _members(actor, [lesson.group_id], lesson.on)[lesson.group_id], topic_of(lesson))


def _members(actor: Actor, groups: Iterable[int], on: date) -> dict[int, list[LessonMember]]:
    wanted, answer = set(groups), defaultdict[int, list[LessonMember]](list)
    if not wanted:
        return answer
    rows = GroupMember.objects.visible_to(actor).filter(group__in=wanted, joined_on__lte=on)
    rows = rows.filter(Q(left_on__isnull=True) | Q(left_on__gte=on)).defer("ground_note", "outcome")
    for one in rows.select_related("child").order_by("child__last_name", "child__first_name", "pk"):
        answer[one.group_id].append(LessonMember(one.child.public_id, one.child.full_name))
    return answer


def _entries(actor: Actor, on: date, mine: Sequence[int]) -> list[WorkEntry]:
    rows = WorkEntry.objects.visible_to(actor).filter(position__in=mine, on=on)
    return list(with_children(actor, rows.select_related("lesson__group", "plan_item", "material")).order_by("pk"))


def with_children(actor: Actor, rows: QuerySet[WorkEntry]) -> QuerySet[WorkEntry]:
    """Entries with the children whom the actor knows, as `seen`; one query more."""
    seen = EntryChild.objects.visible_to(actor).select_related("child").order_by("child__last_name", "pk")
    return rows.prefetch_related(Prefetch("children", queryset=seen, to_attr="seen"))


def _draft_names(actor: Actor, drafts: Sequence[WorkEntry]) -> dict[int, list[str]]:
    """Whom one's own drafts name, also those who are not known yet."""
    if not drafts:
        return {}
    rows = EntryChild.objects.of(actor.at).filter(entry__in=drafts, entry__position__user=actor.user)
    found = list(rows.values_list("entry", "child__public_id"))
    names = names_of(actor, [child for _, child in found])
    answer = defaultdict[int, list[str]](list)
    for entry, child in found:
        if child in names:
            answer[entry].append(names[child].name)
    return dict(answer)  # a template would ask a defaultdict for «items»


def _week(
    actor: Actor, monday: date, today: date, late: dict[date, int], days: Days, mine: Sequence[int]
) -> list[DayMark]:
    sunday = monday + timedelta(days=6)
    rows = WorkEntry.objects.of(actor.at).finished().within(monday, sunday).filter(position__in=mine)
    counted = rows.order_by().values_list("on").annotate(n=Count("pk"), spent=Sum("minutes"))
    done = {on: (n, spent) for on, n, spent in counted}
    marks = []
    for day in (monday + timedelta(days=n) for n in range(7)):
        if day.weekday() == 6 and day not in done:
            continue
        entries, minutes = done.get(day, (0, 0))
        waiting = late.get(day, 0) if day < today else 0
        marks.append(DayMark(day, entries, minutes, waiting, not days.is_school_day(day)))
    return marks


@dataclass(frozen=True)
class Offers:
    """What the line of an entry offers; one query for each list."""

    positions: list[Position]
    plan_items: list[PlanItem]
    materials: list[Material]
    topics: list[str]
    minutes: int


def offers_for(actor: Actor, on: date) -> Offers:
    """Own posts, lines of plans that cover the day, materials in use, recent topics, the usual length."""
    return Offers(
        positions=posts_of(actor, on), plan_items=plan_items_on(actor, on), materials=_materials(actor),
        topics=_topics(actor), minutes=settings_of(actor.at).lesson_minutes,
    )  # fmt: skip


def plan_items_on(actor: Actor, on: date) -> list[PlanItem]:
    """Own lines of plans for a day, the narrowest plan first, each line once."""
    found = narrowest(with_origins(items_of_day(actor, on))[:60])
    return [one for one in found if one.plan.horizon != WorkPlan.Horizon.PERSPECTIVE]


def _materials(actor: Actor) -> list[Material]:
    rows = Material.objects.visible_to(actor).filter(status=Material.Status.IN_USE)
    if actor.specialities:
        rows = rows.filter(speciality__in=["", *actor.specialities])
    return list(rows.only("public_id", "kind", "title").order_by("kind", "title")[:200])


def _topics(actor: Actor) -> list[str]:
    rows = WorkEntry.objects.of(actor.at).finished().filter(position__in=own_keys(actor))
    recent = rows.order_by("-on", "-pk").values_list("topic", flat=True)[:RECENT]
    return list(dict.fromkeys(recent))[:TOPICS]


def child_lines(actor: Actor, works: Sequence[ChildWork]) -> list[ChildLine]:
    """The chosen children with their names and the activities of their programmes; three queries."""
    names = names_of(actor, [one.child_id for one in works])
    known = [key for key, one in names.items() if one.is_known]
    activities = defaultdict[str, list[tuple[str, str]]](list)
    if known:
        rows = Activity.objects.visible_to(actor).of_running().filter(responsible__user=actor.user)
        rows = rows.filter(programme__child__public_id__in=known, is_over=False).select_related("programme__child")
        for one in rows.order_by("order", "pk"):
            activities[one.programme.child.public_id].append((one.public_id, one.title))
    once = {one.child_id: one for one in works}
    return [ChildLine(names[key], work, activities[key]) for key, work in once.items() if key in names]


def works_of(actor: Actor, entry: WorkEntry) -> list[ChildWork]:
    """Lines of a kept entry as the form shows them: of a draft all, of an entry those who are known."""
    rows = EntryChild.objects.of(actor.at) if entry.is_draft else EntryChild.objects.visible_to(actor)
    found = rows.filter(entry=entry).select_related("child", "activity").order_by("pk")
    return [
        ChildWork(
            one.child.public_id, one.attendance, one.dynamics, one.note, one.value, one.level,
            one.activity.public_id if one.activity else "",
        )
        for one in found
    ]  # fmt: skip
