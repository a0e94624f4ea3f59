"""The day of Полина, the psychologist: her group, its lessons, entries of her work."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from opora.people.children.models import Child
from opora.school.support.groups.models import Group, GroupMember, Lesson
from opora.school.support.worklog import services
from opora.school.support.worklog.models import WorkEntry
from opora.school.support.worklog.services import ChildWork, Work
from tests.school_cast import SchoolCast

TODAY = date(2026, 11, 18)
YESTERDAY = TODAY - timedelta(days=1)


def work(*children: Child, kind: str = "individual", **changes: Any) -> Work:
    """An individual lesson of forty minutes unless it is said otherwise."""
    lines = [ChildWork(one.public_id) for one in children]
    return Work(**{"kind": kind, "topic": "Внимание", "minutes": 40, "children": lines} | changes)


def logged(cast: SchoolCast, *children: Child, on: date = TODAY, by: Any = None, **changes: Any) -> WorkEntry:
    """An entry of Полина with Миша unless others are named, written down on the day itself."""
    who = children or (cast.misha,)
    return services.entry_record(actor=cast.actor(by or cast.polina), on=on, work=work(*who, **changes), today=on)


def group_of(cast: SchoolCast, *children: Child, leader: Any = None, **changes: Any) -> Group:
    group = Group.objects.create(
        **{
            "organisation": cast.school, "title": "Развитие внимания", "limit": 8,
            "leader": cast.post(leader or cast.polina), "starts_on": date(2026, 9, 1), "ends_on": date(2027, 5, 25),
        } | changes
    )  # fmt: skip
    for child in children:
        GroupMember.objects.create(
            organisation=cast.school, group=group, child=child, ground="consilium", joined_on=date(2026, 9, 1)
        )
    return group


def lesson_of(group: Group, on: date = TODAY, at: time = time(9, 40), **changes: Any) -> Lesson:
    return Lesson.objects.create(
        **{"organisation": group.organisation, "group": group, "on": on, "starts_at": at, "minutes": 40} | changes
    )
