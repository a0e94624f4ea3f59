"""What a printed journal of the log holds: rows by kind and term, with the words that the screen list leaves out.

The papers of `records` are made from it. Names, notes and results are those that the actor may read.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor

from .day import with_children
from .listing import JOURNALS, classes_of
from .models import EntryChild, WorkEntry
from .querysets import reads_words


class JournalChild(TypedDict):
    """A child in a row of a journal. `value`, `level` and `note` are empty for whoever may not read them."""

    name: str
    room: str
    attendance: str
    dynamics: str
    value: str
    level: str
    note: str


class JournalRow(TypedDict):
    """One piece of work; `starts_at` is «9:40» or empty, `on` an ISO day."""

    on: str
    starts_at: str
    minutes: int
    kind: str
    direction: str
    audience: str
    topic: str
    content: str
    outcome: str
    people: int | None
    group: str
    method: str
    plan: str
    specialist: str
    caption: str
    children: list[JournalChild]


class JournalContent(TypedDict):
    """A whole journal of a term."""

    journal: str
    title: str
    since: str
    until: str
    specialist: str
    rows: list[JournalRow]
    minutes: int


def journal_content(
    actor: Actor, journal: str, start: date, end: date, *, position: int | None = None
) -> JournalContent:
    """A journal (`listing.JOURNALS`) of a term, of one post or of all whom the actor reads. Raises KeyError."""
    rows = journal_rows(actor, journal, start, end, position=position)
    names = {one["specialist"] for one in rows}
    return JournalContent(
        journal=journal, title=JOURNALS[journal].title, since=start.isoformat(), until=end.isoformat(),
        specialist=names.pop() if position is not None and len(names) == 1 else "", rows=rows,
        minutes=sum(one["minutes"] for one in rows),
    )  # fmt: skip


def journal_rows(
    actor: Actor, journal: str, start: date, end: date, *, position: int | None = None
) -> list[JournalRow]:
    """Rows of a journal in the order of days; four queries. Raises KeyError for an unknown journal."""
    kinds = JOURNALS[journal].kinds
    entries = WorkEntry.objects.visible_to(actor).finished().within(start, end)
    if kinds:
        entries = entries.filter(kind__in=kinds)
    if position is not None:
        entries = entries.filter(position=position)
    entries = entries.select_related("position__user", "lesson__group", "material", "plan_item")
    found = list(with_children(actor, entries).order_by("on", "starts_at", "pk"))
    rooms = classes_of(actor, [row.child_id for one in found for row in _seen(one)])
    reads = sees(actor, "support_texts")
    return [_row(one, rooms, reads and reads_words(actor, one)) for one in found]


def _seen(entry: WorkEntry) -> list[EntryChild]:
    seen: list[EntryChild] = getattr(entry, "seen", [])
    return seen


def _row(entry: WorkEntry, rooms: dict[int, str], reads: bool) -> JournalRow:
    return JournalRow(
        on=entry.on.isoformat(), starts_at=f"{entry.starts_at:%H:%M}" if entry.starts_at else "",
        minutes=entry.minutes, kind=entry.work_title, direction=entry.get_direction_display(),
        audience=entry.get_audience_display(), topic=entry.topic, content=entry.content, outcome=entry.outcome,
        people=entry.people, group=entry.lesson.group.title if entry.lesson else "",
        method=entry.material.title if entry.material else "", plan=entry.plan_item.title if entry.plan_item else "",
        specialist=entry.position.user.short_name, caption=entry.position.inner_caption,
        children=[_child(one, rooms, reads) for one in _seen(entry)],
    )  # fmt: skip


def _child(row: EntryChild, rooms: dict[int, str], reads: bool) -> JournalChild:
    return JournalChild(
        name=row.child.full_name, room=rooms.get(row.child_id, ""), attendance=row.get_attendance_display(),
        dynamics=row.get_dynamics_display(),
        value="" if row.value is None or not reads else f"{row.value.normalize():f}",
        level=row.get_level_display() if reads else "", note=row.note if reads else "",
    )  # fmt: skip
