"""What the page of a group shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.models import Event
from opora.school.pupils.models import Placement

from ..materials.models import MaterialTopic
from .conflicts import is_in
from .grounds import ground_words
from .holding import held_among
from .leading import may_lead
from .listing import state_of
from .models import Group, GroupMember, Lesson
from .series import lessons_of

SHOWN = 8  # lessons ahead that stand open
COLOURS = {"held": "done", "ahead": "neutral", "cancelled": "neutral", "unmarked": "soon"}
WORDS = {"held": "проведено", "ahead": "впереди", "cancelled": "отменено", "unmarked": "нет записи"}


@dataclass(frozen=True)
class MemberRow:
    member: GroupMember
    room: str
    ground: str
    is_present: bool


@dataclass(frozen=True)
class LessonRow:
    lesson: Lesson
    code: str

    @property
    def words(self) -> str:
        return WORDS[self.code]

    @property
    def colour(self) -> str:
        return COLOURS[self.code]

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS_ABBR[self.lesson.on.weekday()])

    @property
    def times(self) -> str:
        """«9:30—10:00»; a year of lessons is drawn too often for a template's way to a time."""
        start, end = self.lesson.starts_at, self.lesson.ends_at
        return f"{start.hour}:{start:%M}—{end.hour}:{end:%M}"


@dataclass(frozen=True)
class TopicRow:
    topic: MaterialTopic
    lessons: int
    planned: int
    held: int


def group_context(actor: Actor, group: Group, today: date) -> dict[str, Any]:
    """A fixed number of queries, however many children and lessons there are."""
    members = list(GroupMember.objects.visible_to(actor).filter(group=group).select_related("child", "group__leader"))
    every = list(group.members.present(today).values_list("pk", flat=True))
    lessons = list(group.lessons.select_related("topic", "cabinet"))
    rows = _lesson_rows(lessons, today)
    present = [one for one in members if is_in(one, today)]
    state, colour = state_of(group, today)
    counted = Counter(one.code for one in rows)
    ahead = [one for one in rows if one.code == "ahead"]
    may_keep = may_lead(actor, group) and group.closed_on is None
    return {
        "group": group,
        "members": _member_rows(actor, members, today),
        "present": len(every),
        "hidden": len(every) - len(present),
        "free": max(group.limit - len(every), 0),
        "ahead": ahead[:SHOWN],
        "later": ahead[SHOWN:],
        "past": [one for one in reversed(rows) if one.code != "ahead"],
        "held": counted["held"],
        "planned": len(rows) - counted["cancelled"],
        "unmarked": counted["unmarked"],
        "topics": _topic_rows(group, rows),
        "hours_left": _hours_left(group, len(rows) - counted["cancelled"]),
        "state": state,
        "colour": colour,
        "is_over": group.ends_on < today,
        "may_keep": may_keep,
        "may_sum": may_lead(actor, group),
        "events": list(Event.objects.visible_to(actor).about(group).deeds().select_related("user")[:20]),
    }


def _member_rows(actor: Actor, members: Sequence[GroupMember], today: date) -> list[MemberRow]:
    rooms = dict(
        Placement.objects.present()
        .filter(child__in=[one.child_id for one in members])
        .values_list("child", "school_class__title")
    )
    words = ground_words(actor, members)
    rows = [
        MemberRow(one, rooms.get(one.child_id, ""), words[one.pk], one.left_on is None or one.left_on >= today)
        for one in members
    ]
    return sorted(rows, key=lambda one: (not one.is_present, one.member.child.full_name))


def _lesson_rows(lessons: Sequence[Lesson], today: date) -> list[LessonRow]:
    held = held_among([one.pk for one in lessons])

    def code(one: Lesson) -> str:
        if one.cancelled_on:
            return "cancelled"
        if one.pk in held:
            return "held"
        return "ahead" if one.on >= today else "unmarked"

    return [LessonRow(one, code(one)) for one in lessons]


def _topic_rows(group: Group, rows: Sequence[LessonRow]) -> list[TopicRow]:
    if group.material is None:
        return []
    planned = Counter(one.lesson.topic_id for one in rows if one.code != "cancelled")
    held = Counter(one.lesson.topic_id for one in rows if one.code == "held")
    return [TopicRow(one, lessons_of(one.hours), planned[one.pk], held[one.pk]) for one in group.material.topics.all()]


def _hours_left(group: Group, planned: int) -> int:
    """Lessons of the plan that have no day yet; none where there is no plan."""
    return max(lessons_of(Decimal(group.hours)) - planned, 0) if group.hours else 0
