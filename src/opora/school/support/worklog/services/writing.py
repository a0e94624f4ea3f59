"""How an entry and its children are put into the database: what recording, changing and lessons share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from opora.foundation.access.actions import require_own
from opora.foundation.access.knowledge import is_frozen
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record, record_each
from opora.foundation.organisations.models import Owned
from opora.people.children.models import Child
from opora.school.programmes.models import Activity
from opora.school.programmes.services import following

from ...groups.models import Lesson
from ...materials.models import Material
from ...plans.models import PlanItem
from .. import events
from ..choosing import known_among, stranger_for
from ..kinds import work_of
from ..models import EntryChild, WorkEntry

Attendance = EntryChild.Attendance
Kept = Mapping[int, EntryChild]


@dataclass(frozen=True)
class ChildWork:
    """One child of an entry, as it was filled in; `activity` and `mark` are of the child's running programme."""

    child_id: str
    attendance: str = Attendance.PRESENT
    dynamics: str = ""
    note: str = ""
    value: Decimal | None = None
    level: str = ""
    activity: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Work:
    """What was done, as it was filled in; an empty direction follows from the kind and the audience."""

    kind: str
    topic: str = ""
    minutes: int = 0
    audience: str = WorkEntry.Audience.PUPIL
    direction: str = ""
    starts_at: time | None = None
    content: str = ""
    outcome: str = ""
    people: int | None = None
    plan_item: PlanItem | None = None
    material: Material | None = None
    children: Sequence[ChildWork] = field(default_factory=tuple)

    @property
    def ids(self) -> list[str]:
        return [one.child_id for one in self.children]


OWN_FIELDS = (
    "kind", "topic", "minutes", "audience", "direction", "starts_at", "content", "outcome", "people", "plan_item",
    "material",
)  # fmt: skip


def as_kept(text: str) -> str:
    """A typed text as it goes into the database."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def fill(entry: WorkEntry, work: Work) -> list[str]:
    """Put what was typed onto the row; returns the names of the fields that changed."""
    new: dict[str, Any] = {name: getattr(work, name) for name in OWN_FIELDS}
    for name in ("topic", "content", "outcome"):
        new[name] = as_kept(new[name])
    new["direction"] = work.direction or work_of(work.kind, work.audience).direction
    new["people"] = _people(work)
    changed = [name for name, value in new.items() if getattr(entry, name, None) != value]
    for name, value in new.items():
        setattr(entry, name, value)
    return changed


def topic_of(lesson: Lesson) -> str:
    """The planned topic, else the name of the group, which names nobody."""
    return str(lesson.topic.title if lesson.topic else lesson.group.title)[:300]


def counts_present(audience: str) -> bool:
    """Whether those who came are the children of the entry: a talk with parents is about a child and not with it."""
    return audience == WorkEntry.Audience.PUPIL


def people_set(entry: WorkEntry) -> None:
    """Count those present anew, also those whom the actor does not see."""
    if not counts_present(entry.audience):
        return
    here = _rows(entry).filter(attendance=Attendance.PRESENT).count() or None
    if here != entry.people:
        entry.people = here
        entry.save(update_fields=["people", "changed_at"])


def _people(work: Work) -> int | None:
    """How many came: of named pupils those present, else as it was typed, else the one who asked."""
    if counts_present(work.audience) and work.children:
        return sum(one.attendance == Attendance.PRESENT for one in work.children) or None
    asked = work.kind == WorkEntry.Kind.CONSULTATION and work.audience != WorkEntry.Audience.PUPIL
    return 1 if work.people is None and asked else work.people


def require_topic(entry: WorkEntry) -> None:
    if not entry.topic:
        raise Refusal("topic", "Напишите тему или запрос: без имён, в нескольких словах.", field="topic")


def rows_kept(entry: WorkEntry) -> Kept:
    """The rows of an entry by the keys of the children, as they stand before a change; a new entry has none."""
    return {one.child_id: one for one in _rows(entry)} if entry.pk else {}


def children_for(actor: Actor, entry: WorkEntry, ids: Sequence[str], kept: Kept) -> list[Child]:
    """The children of an entry. Whoever was unknown until now is found by an event of its own."""
    held = {one.child.public_id: one.child for one in kept.values()}
    held = {key: child for key, child in held.items() if key in ids and not is_frozen(key)}
    held |= known_among(actor, [one for one in ids if one not in held])
    answer = []
    for public_id in ids:
        child = held.get(public_id)
        if child is None:
            child = stranger_for(actor, public_id)
            if not entry.is_draft:
                record(events.CHILD_FOUND, actor=actor, person_id=child.public_id)
        answer.append(child)
    return answer


def children_set(
    actor: Actor, entry: WorkEntry, children: Sequence[Child], works: Sequence[ChildWork], kept: Kept
) -> bool:  # fmt: skip
    """Make the rows of an entry what was typed; returns whether anything changed.

    Rows that the actor does not see (a stopped card, a child of another year's work) stay as they are.
    """
    gone = _left_out(actor, entry, children) if kept else set()
    touched: list[EntryChild] = []
    for child, work in zip(children, works, strict=True):
        row = kept.get(child.pk) or EntryChild(organisation=entry.organisation, entry=entry, child=child)
        if _child_fill(actor, row, work) or row.pk is None:
            row.full_clean(exclude=["organisation", "entry", "child", "activity"])
            row.save()
            touched.append(row)
    if gone:
        _rows(entry).filter(child__in=gone).delete()
    if set(kept) - gone - {one.pk for one in children}:
        people_set(entry)
    if touched and not entry.is_draft:
        record_each(events.CHILD_WORKED_WITH, actor=actor, subjects=touched)
    return bool(touched or gone)


def _left_out(actor: Actor, entry: WorkEntry, children: Sequence[Child]) -> set[int]:
    """Keys of children whom the actor sees in the entry and has not named again."""
    seen = _rows(entry) if entry.is_draft else EntryChild.objects.visible_to(actor).filter(entry=entry)
    return set(seen.values_list("child", flat=True)) - {one.pk for one in children}


def _rows(entry: WorkEntry) -> QuerySet[EntryChild]:
    return EntryChild.objects.filter(organisation=entry.organisation_id, entry=entry.pk).select_related("child")


def _child_fill(actor: Actor, row: EntryChild, work: ChildWork) -> bool:
    if work.attendance not in Attendance.values:
        raise Refusal("attendance", "Отметьте: на занятии, болезнь или пропуск.", field="children")
    activity = _activity(actor, row.child, work.activity)
    new = {
        "attendance": work.attendance, "dynamics": work.dynamics, "note": work.note.replace("\x00", "").strip(),
        "value": work.value, "level": work.level, "activity": activity,
    }  # fmt: skip
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    for name, value in new.items():
        setattr(row, name, value)
    return bool(changed)


def _activity(actor: Actor, child: Child, public_id: str) -> Activity | None:
    if not public_id:
        return None
    rows = Activity.objects.visible_to(actor).filter(programme__child=child)
    found = rows.select_related("programme__child").filter(public_id=public_id).first()
    if found is None:
        raise Refusal("activity", "Этого мероприятия в программе ребёнка нет.", field="children")
    return found


def marks_set(actor: Actor, entry: WorkEntry, works: Sequence[ChildWork]) -> None:
    """Set the marks of fulfilment that were chosen beside the children. Raises Refusal as the programme's own page."""
    for work in works:
        if not (work.activity and work.mark):
            continue
        row = _rows(entry).filter(child__public_id=work.child_id).select_related("activity__programme__child").first()
        if row is None or row.activity is None:
            continue
        try:
            following.mark_set(actor=actor, activity=row.activity, state=work.mark, on=entry.on)
        except Refusal as refusal:
            raise Refusal(refusal.code, refusal.message, refusal.clause, "children") from refusal


def require_all_own(actor: Actor, *rows: Owned | None) -> None:
    """The wall for rows that may be left out. Raises PermissionDenied for another organisation's."""
    for row in rows:
        if row is not None:
            require_own(actor, row)


def locked(actor: Actor, entry: WorkEntry) -> WorkEntry:
    """The row read anew for a change. Raises PermissionDenied for another organisation's."""
    require_own(actor, entry)
    rows = WorkEntry.objects.select_for_update(of=("self",)).select_related(
        "position__user", "lesson__group", "lesson__topic"
    )
    return rows.get(pk=entry.pk)
