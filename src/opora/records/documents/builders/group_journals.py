"""The journal of groups: members with their grounds, attendance by lessons, topics; of one group or of several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.typography import NBSP
from opora.records.documents.forms.group_journal.form import GroupJournalData, GroupPart, LessonRow, MemberRow
from opora.school.pupils.models import Placement
from opora.school.support.groups.grounds import ground_words
from opora.school.support.groups.hours import in_hours
from opora.school.support.groups.models import Group, GroupMember, Lesson
from opora.school.support.schoolyear.reading import settings_of
from opora.school.support.worklog.models import EntryChild, WorkEntry

from .persons import letterhead
from .service import head_of_service

MARKS = {"present": "+", "ill": "б", "absent": "н"}
Entries = dict[int, WorkEntry]
Seen = dict[tuple[int, int], EntryChild]


def of_group(group: Group, actor: Actor, on: date) -> Mapping[str, Any]:
    """The journal of one group, from its first day to the day of printing."""
    return groups_journal(actor, [group], group.starts_on, min(max(on, group.starts_on), group.ends_on), on=on)


def reads_journal(actor: Actor, group: Group) -> bool:
    """Its leader, and whoever keeps the whole register."""
    return Group.objects.visible_to(actor).worked_by(actor).filter(pk=group.pk).exists()


def groups_journal(
    actor: Actor, groups: Sequence[Group], since: date, until: date, *, on: date, keeper: str = ""
) -> GroupJournalData:
    """Everything that the form prints of groups in a period, in a fixed number of queries."""
    keys = [group.pk for group in groups]
    lessons: dict[int, list[Lesson]] = defaultdict(list)
    found = Lesson.objects.visible_to(actor).filter(group__in=keys, on__gte=since, on__lte=until)
    for one in found.select_related("topic").order_by("on", "starts_at", "pk"):
        lessons[one.group_id].append(one)
    entries, seen = _logged(actor, [one.pk for rows in lessons.values() for one in rows])
    members = _members(actor, keys, since, until)
    words = ground_words(actor, [one for rows in members.values() for one in rows])
    rooms = _rooms(actor, [one.child_id for rows in members.values() for one in rows])
    lesson_minutes = settings_of(actor.at).lesson_minutes
    parts = [
        _part(group, lessons[group.pk], entries, lesson_minutes, [
            _member(number, one, words[one.pk], rooms.get(one.child_id, ""), lessons[group.pk], entries, seen)
            for number, one in enumerate(members[group.pk], start=1)
        ])
        for group in groups
    ]  # fmt: skip
    cancelled = sum(one.cancelled_on is not None for rows in lessons.values() for one in rows)
    return {
        "letterhead": letterhead(actor.at), "official_use": True, "period_from": since.isoformat(),
        "period_to": until.isoformat(), "keeper": keeper, "groups": parts,
        "summary": f"Занятий проведено: {len(entries)}, отменено: {cancelled}.",
        "head_name": head_of_service(actor, on),
    }  # fmt: skip


def _logged(actor: Actor, lessons: list[int]) -> tuple[Entries, Seen]:
    """Entries of lessons, and the marks of the children whom the actor knows."""
    rows = WorkEntry.objects.visible_to(actor).finished().filter(lesson__in=lessons)
    entries = {one.lesson_id: one for one in rows if one.lesson_id is not None}
    marks = EntryChild.objects.visible_to(actor).filter(entry__in=entries.values()).defer("note")
    return entries, {(one.entry_id, one.child_id): one for one in marks}


def _members(actor: Actor, groups: list[int], since: date, until: date) -> dict[int, list[GroupMember]]:
    rows = GroupMember.objects.visible_to(actor).filter(group__in=groups, joined_on__lte=until)
    rows = rows.exclude(left_on__lt=since).defer("outcome").select_related("child", "group__leader")
    found: dict[int, list[GroupMember]] = defaultdict(list)
    for one in sorted(rows, key=lambda one: (one.child.full_name, one.joined_on)):
        found[one.group_id].append(one)
    return found


def _rooms(actor: Actor, children: Iterable[int]) -> dict[int, str]:
    rows = Placement.objects.of(actor.at).present().filter(child__in=list(children))
    return dict(rows.values_list("child", "school_class__title"))


def _part(
    group: Group, lessons: list[Lesson], entries: Entries, lesson_minutes: int, members: list[MemberRow]
) -> GroupPart:
    """Planned and given hours are told in the same measure: a lesson of the school is one hour."""
    held = [entries[one.pk] for one in lessons if one.pk in entries]
    planned = f"по плану {_hours(group.hours)}" if group.hours else ""
    given = f"проведено {_hours(in_hours(sum(one.minutes for one in held), lesson_minutes))}"
    return {
        "title": group.title, "kind": str(group.get_kind_display()),
        "leader": f"{group.leader.user.full_name}, {group.leader.inner_caption}",
        "programme": group.material.title if group.material else "", "hours": ", ".join(filter(None, (planned, given))),
        "days": [one.on.isoformat() for one in lessons if one.cancelled_on is None], "members": members,
        "lessons": [_lesson(number, one, entries.get(one.pk)) for number, one in enumerate(lessons, start=1)],
        "outcome": group.outcome,
    }  # fmt: skip


def _hours(hours: Decimal) -> str:
    """«34,5 ч»."""
    return f"{hours.normalize():f}{NBSP}ч".replace(".", ",")


def _member(
    number: int, one: GroupMember, ground: str, room: str, lessons: list[Lesson], entries: Entries, seen: Seen
) -> MemberRow:
    marks = []
    for lesson in lessons:
        if lesson.cancelled_on is None:
            entry = entries.get(lesson.pk)
            mark = seen.get((entry.pk, one.child_id)) if entry else None
            marks.append(MARKS[mark.attendance] if mark else "")
    kept = [mark for mark in marks if mark]
    term = f"с{NBSP}{one.joined_on:%d.%m.%Y}"
    if one.left_on:
        term = f"{one.joined_on:%d.%m.%Y}{NBSP}— {one.left_on:%d.%m.%Y}"
    return {
        "number": str(number), "child": one.child.full_name, "room": room, "ground": ground, "term": term,
        "marks": marks, "present": f"{kept.count('+')} из {len(kept)}" if kept else "",
    }  # fmt: skip


def _lesson(number: int, lesson: Lesson, entry: WorkEntry | None) -> LessonRow:
    topic = (entry.topic if entry else "") or (lesson.topic.title if lesson.topic else "")
    return {
        "number": str(number), "date": lesson.on.isoformat(), "time": f"{lesson.starts_at:%H:%M}", "topic": topic,
        "content": lesson.cancel_reason if lesson.cancelled_on else entry.content if entry else "",
        "minutes": str(entry.minutes if entry else lesson.minutes), "cancelled": lesson.cancelled_on is not None,
    }  # fmt: skip
