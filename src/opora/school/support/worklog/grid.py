"""The journal of a group on the screen: children by lessons, filled by a thumb (S-09)."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet

from opora.foundation.accounts.actors import Actor

from ..groups.models import Group, GroupMember, Lesson
from .counting import Presence
from .models import EntryChild, WorkEntry

PAGE = 24  # lessons on one page


@dataclass(frozen=True)
class Column:
    """One lesson and its entry, if it was logged."""

    lesson: Lesson
    entry: WorkEntry | None


@dataclass
class GridLine:
    """One child of the group; a cell for each lesson, None where the child was not expected or nothing is logged."""

    name: str
    public_id: str
    present: Presence
    cells: list[EntryChild | None] = field(default_factory=list)


@dataclass(frozen=True)
class Grid:
    columns: list[Column]
    lines: list[GridLine]
    hidden: int
    held: int
    planned: int
    page: int
    pages: int

    @property
    def earlier(self) -> int:
        return self.page + 1 if self.page < self.pages else 0

    @property
    def later(self) -> int:
        return self.page - 1


def grid_of(actor: Actor, group: Group, page: int) -> Grid:
    """The lessons that fit on one page, the latest on the right; five queries."""
    planned = Lesson.objects.of(group.organisation).filter(group=group, cancelled_on__isnull=True)
    count = planned.count()
    pages = max((count + PAGE - 1) // PAGE, 1)
    page = min(max(page, 1), pages)
    newest = planned.select_related("topic").order_by("-on", "-starts_at")[(page - 1) * PAGE : page * PAGE]
    lessons = sorted(newest, key=lambda one: (one.on, one.starts_at))
    entries = {one.lesson_id: one for one in _logged(actor, lessons)}
    rows = EntryChild.objects.visible_to(actor).filter(entry__in=[one.pk for one in entries.values()])
    every = list(rows.defer("note").select_related("child"))
    lines = _lines(actor, group, every)
    for row in every:
        lines[row.child_id].cells.append(row)
    ordered = sorted(lines.values(), key=lambda one: one.name)
    for line in ordered:
        by_entry = {one.entry_id: one for one in line.cells if one is not None}
        line.cells = [by_entry.get(entries[one.pk].pk) if one.pk in entries else None for one in lessons]
        line.present = _presence(line.cells)
    members = GroupMember.objects.filter(group=group).values("child").distinct().count()
    held = WorkEntry.objects.of(group.organisation).finished().filter(lesson__group=group).count()
    return Grid(
        columns=[Column(one, entries.get(one.pk)) for one in lessons], lines=ordered,
        hidden=max(members - len(ordered), 0), held=held, planned=count, page=page, pages=pages,
    )  # fmt: skip


def _logged(actor: Actor, lessons: list[Lesson]) -> QuerySet[WorkEntry]:
    rows = WorkEntry.objects.visible_to(actor).filter(lesson__in=[one.pk for one in lessons])
    return rows.select_related("position").defer("content", "outcome")


def _lines(actor: Actor, group: Group, rows: list[EntryChild]) -> dict[int, GridLine]:
    members = GroupMember.objects.visible_to(actor).filter(group=group).defer("ground_note", "outcome")
    children = {one.child_id: one.child for one in members.select_related("child")}
    children |= {one.child_id: one.child for one in rows}
    return {pk: GridLine(child.full_name, child.public_id, Presence(0, 0, 0)) for pk, child in children.items()}


def _presence(cells: list[EntryChild | None]) -> Presence:
    kept = [one.attendance for one in cells if one is not None]
    return Presence(*(kept.count(state) for state in ("present", "ill", "absent")))
