"""A planned lesson is logged by its attendance: everybody was there unless it is said otherwise (S-09)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from opora.foundation.access.actions import may, require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.organisations.querysets import not_frozen

from ...groups.models import Group, GroupMember, Lesson
from .. import events
from ..checking import require_free, require_nameless
from ..models import EntryChild, WorkEntry
from ..terms import closed_before
from .entries import CLAUSE, Why, require_changeable, require_open, why_told
from .writing import ChildWork, Work, children_set, fill, locked, marks_set, people_set, topic_of


@transaction.atomic
def lesson_log(
    *, actor: Actor, lesson: Lesson, children: Sequence[ChildWork] | None = None, topic: str = "", content: str = "",
    reason: str = "",
) -> WorkEntry:  # fmt: skip
    """Say that a lesson was held. Children who are not named were present.

    Its leader says it while the month is open, then the head of the service with a `Why`.
    Raises PermissionDenied for others' groups; Refusal for a lesson to come, cancelled, logged already, of a closed
    month or of a group closed before it, and for a time when the specialist was busy.
    """
    require(actor, "work.log")
    require_own(actor, lesson)
    fresh = Lesson.objects.select_for_update(of=("self",)).select_related("group__leader__user", "topic").get(
        pk=lesson.pk
    )  # fmt: skip
    mends = _require_loggable(actor, fresh, reason)
    group = fresh.group
    members = {one.child.public_id: one.child for one in members_on(fresh)}
    works = _everybody(members, children or ())
    entry = WorkEntry(
        organisation=actor.at, position=group.leader, on=fresh.on, lesson=fresh, minutes=fresh.minutes
    )  # fmt: skip
    work = Work(
        kind=entry_kind(group), direction=group.direction, minutes=fresh.minutes, starts_at=fresh.starts_at,
        topic=topic.strip() or topic_of(fresh), content=content, material=group.material, children=works,
    )  # fmt: skip
    typed = (topic if topic.strip() != topic_of(fresh) else "", content)
    require_nameless(typed, [members[one] for one in work.ids], actor.at)
    require_free(group.leader, fresh.on, fresh.starts_at, fresh.minutes)
    fill(entry, work)
    entry.full_clean(exclude=["organisation", "position", "plan_item", "material"])
    entry.save()
    children_set(actor, entry, [members[one] for one in work.ids], works, {})
    marks_set(actor, entry, works)
    record(events.WORK_RECORDED, actor=actor, subject=entry, kind=entry.work_title)
    if mends:
        record(events.WORK_MENDED, actor=actor, subject=entry, fields="lesson", **why_told(mends, reason))
    return entry


@transaction.atomic
def attendance_set(
    *, actor: Actor, row: EntryChild, attendance: str | None = None, dynamics: str | None = None,
    today: date | None = None,
) -> EntryChild:  # fmt: skip
    """One tap in the journal of a group. Raises PermissionDenied, Refusal as a change of the entry would."""
    require(actor, "work.log")
    require_own(actor, row)
    entry = locked(actor, row.entry)
    require_changeable(actor, entry, "", today or timezone.localdate())
    fresh = EntryChild.objects.select_for_update(of=("self",)).select_related("child", "entry").get(pk=row.pk)
    if attendance is not None:
        fresh.attendance = attendance
    if dynamics is not None:
        fresh.dynamics = dynamics
    if fresh.attendance not in EntryChild.Attendance.values or fresh.dynamics not in ("", *EntryChild.Dynamics.values):
        raise Refusal("attendance", "Отметьте: на занятии, болезнь или пропуск.", field="children")
    fresh.save(update_fields=["attendance", "dynamics"])
    people_set(entry)
    record(events.ATTENDANCE_CHANGED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


def entry_kind(group: Group) -> str:
    return WorkEntry.Kind.GROUP if group.kind == Group.Kind.GROUP else WorkEntry.Kind.INDIVIDUAL


def members_on(lesson: Lesson) -> list[GroupMember]:
    """Who was in the group on the day of a lesson; those whose processing is stopped are left out."""
    rows = GroupMember.objects.filter(group=lesson.group_id, joined_on__lte=lesson.on)
    rows = not_frozen(rows.filter(Q(left_on__isnull=True) | Q(left_on__gte=lesson.on)), "child__public_id")
    return list(rows.select_related("child").order_by("child__last_name", "child__first_name", "pk"))


def _everybody(members: Collection[str], named: Sequence[ChildWork]) -> list[ChildWork]:
    """A line for each member on that day; whoever was named and is no member is refused."""
    given = {one.child_id: one for one in named}
    if len(given) < len(named):
        raise Refusal("twice", "Один и тот же ребёнок назван дважды.", field="children")
    if set(given) - set(members):
        raise Refusal("no_member", "В этот день такого ребёнка в группе не было.", field="children")
    if not members:
        raise Refusal("no_children", "В группе в этот день никого не было: сначала запишите в неё детей.")
    return [given.get(one) or ChildWork(one) for one in members]


def may_log_late(actor: Actor, lesson: Lesson, today: date) -> bool:
    """Whether the head may log another's lesson: once its month is closed and its leader no longer can."""
    own = actor.user is None or lesson.group.leader.user_id == actor.user.pk
    return not own and may(actor, "work.mend") and lesson.on < closed_before(lesson.organisation, today)


def _require_loggable(actor: Actor, lesson: Lesson, reason: str) -> bool:
    """True: the head logs for the leader, with a reason."""
    mends = False
    if actor.user is not None and lesson.group.leader.user_id != actor.user.pk:
        mends = may_log_late(actor, lesson, timezone.localdate())
        if not mends:
            raise PermissionDenied("Занятие вносит тот, кто его ведёт.")
    if lesson.cancelled_on:
        raise Refusal("cancelled", f"Занятие отменено: {lesson.cancel_reason}.")
    if lesson.on > timezone.localdate():
        raise Refusal("future", "Этот день ещё не наступил.")
    require_open(actor, lesson.on, timezone.localdate())
    closed = lesson.group.closed_on
    if closed and closed < lesson.on:
        raise Refusal("closed_group", f"Группа закрыта {closed:%d.%m.%Y}: занятий после этого дня не бывает.")
    if WorkEntry.objects.of(lesson.organisation).filter(lesson=lesson).exists():
        raise Refusal("logged", "Это занятие уже внесено.")
    if mends and reason not in Why.values:
        raise Refusal("reason", "Выберите, почему занятие вносит не тот, кто его вёл.", CLAUSE, field="reason")
    return mends
