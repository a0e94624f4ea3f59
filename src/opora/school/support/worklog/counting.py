"""Figures of the work done: sums over finished entries, made by the database and by nothing else (S-07, S-12).

Every figure of plans, reports, the head's desk and the year's analysis comes from here; drafts count nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Cast, Substr

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Organisation

from .models import EntryChild, WorkEntry

LESSONS = (WorkEntry.Kind.INDIVIDUAL, WorkEntry.Kind.GROUP)
Attendance = EntryChild.Attendance
FEW = 40  # children whose whole work is found quicker than the work of a term

# What entries may be counted by; «month» is its first day.
KEYS = ("position", "speciality", "kind", "direction", "audience", "month", "on", "material", "plan_item")


def _month(path: str) -> Substr:
    """«2026-11»: cut out by the database itself on both engines, where truncating a date is slow on one of them."""
    return Substr(Cast(path, CharField(max_length=10)), 1, 7)


_PATHS: dict[str, Any] = {
    "speciality": F("position__speciality"), "month": _month("on"), "position": F("position_id"),
    "material": F("material_id"), "plan_item": F("plan_item_id"),
}  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """`people` counts everybody who came, each time anew."""

    entries: int
    minutes: int
    people: int


@dataclass(frozen=True)
class Presence:
    """How often a child was at lessons to which it was expected."""

    present: int
    ill: int
    absent: int

    @property
    def every(self) -> int:
        return self.present + self.ill + self.absent


def entries_of(organisation: Organisation, start: date, end: date) -> QuerySet[WorkEntry]:
    """Finished entries of a term, both days included."""
    return WorkEntry.objects.of(organisation).finished().within(start, end).order_by()


def tally(rows: QuerySet[WorkEntry], *keys: str) -> dict[tuple[Any, ...], Tally]:
    """Sums of entries by the given keys (`KEYS`), in one query; without a key one sum under `()`.

    Keys of posts, materials and plan lines are their primary keys. Raises KeyError for an unknown key.
    """
    for key in keys:
        if key not in KEYS:
            raise KeyError(key)
    named = {f"by_{key}": _PATHS.get(key, F(key)) for key in keys}
    sums = {"entries": Count("pk"), "spent": Sum("minutes", default=0), "came": Sum("people", default=0)}
    if not keys:
        one = rows.aggregate(**sums)
        return {(): Tally(one["entries"], one["spent"], one["came"])}
    found = rows.order_by().annotate(**named).values_list(*named).annotate(**sums)
    return {_key(keys, line[:-3]): Tally(*line[-3:]) for line in found}


def children_counted(rows: QuerySet[WorkEntry], *keys: str) -> dict[tuple[Any, ...], int]:
    """How many different children the entries were with or about, by keys of the entry; one query."""
    paths = {
        "speciality": F("entry__position__speciality"), "month": _month("entry__on"),
        "position": F("entry__position_id"),
    }  # fmt: skip
    named = {f"by_{key}": paths.get(key, F(f"entry__{key}")) for key in keys}
    of_rows = EntryChild.objects.filter(entry__in=rows.values("pk")).order_by()
    if not keys:
        return {(): of_rows.aggregate(n=Count("child", distinct=True))["n"]}
    found = of_rows.annotate(**named).values_list(*named).annotate(n=Count("child", distinct=True))
    return {_key(keys, line[:-1]): line[-1] for line in found}


def _key(keys: tuple[str, ...], values: Sequence[Any]) -> tuple[Any, ...]:
    """The values of a group, a month as its first day."""
    pairs = zip(keys, values, strict=True)
    return tuple(date.fromisoformat(f"{one}-01") if key == "month" else one for key, one in pairs)


def delivered_minutes(children: Collection[int], start: date, end: date) -> dict[tuple[int, str], int]:
    """Minutes of lessons, individual and in groups, at which each child was present, by speciality; two queries.

    For many children the entries of the term are read in their order, and not all that was ever done with each child.
    """
    rows = EntryChild.objects.finished().within(start, end).order_by()
    rows = rows.filter(attendance=Attendance.PRESENT, entry__kind__in=LESSONS)
    if len(children) <= FEW:
        rows = rows.filter(child__in=children)
    found = rows.values_list("child", "entry__position_id").annotate(n=Sum("entry__minutes"))
    wanted, total = frozenset(children), Counter[tuple[int, str]]()
    lines = [line for line in found if line[0] in wanted]
    posts = Position.objects.filter(pk__in={post for _, post, _ in lines}).order_by()
    speciality = dict(posts.values_list("pk", "speciality"))
    for child, post, minutes in lines:
        total[child, speciality[post]] += minutes
    return dict(total)


def presence_of(groups: Collection[int], start: date, end: date) -> dict[tuple[int, int], Presence]:
    """Attendance of each child in each group, by their keys; one query."""
    rows = EntryChild.objects.finished().within(start, end).order_by().filter(entry__lesson__group__in=groups)
    found = rows.values_list("entry__lesson__group", "child").annotate(
        present=Count("pk", filter=Q(attendance=Attendance.PRESENT)),
        ill=Count("pk", filter=Q(attendance=Attendance.ILL)),
        absent=Count("pk", filter=Q(attendance=Attendance.ABSENT)),
    )
    return {(group, child): Presence(*counts) for group, child, *counts in found}


def held_minutes(groups: Collection[int]) -> dict[int, tuple[int, int]]:
    """Lessons of each group that were held, and their minutes; one query."""
    rows = WorkEntry.objects.finished().order_by().filter(lesson__group__in=groups)
    found = rows.values_list("lesson__group").annotate(n=Count("pk"), spent=Sum("minutes"))
    return {group: (n, spent) for group, n, spent in found}


def dynamics_counted(rows: QuerySet[WorkEntry]) -> dict[str, int]:
    """How many marks of dynamics of each kind the entries hold; one query."""
    marks = EntryChild.objects.filter(entry__in=rows.values("pk")).exclude(dynamics="").order_by()
    return dict(marks.values_list("dynamics").annotate(n=Count("pk")))


def levels_counted(rows: QuerySet[WorkEntry]) -> dict[tuple[int | None, str], int]:
    """How many children showed which level by which method, by its key; one query."""
    found = EntryChild.objects.filter(entry__in=rows.values("pk")).exclude(level="").order_by()
    return {(material, level): n for material, level, n in
            found.values_list("entry__material", "level").annotate(n=Count("pk"))}  # fmt: skip


def material_uses(ids: Collection[int]) -> dict[int, tuple[int, date]]:
    """How often each material was used, and when last; one query."""
    rows = WorkEntry.objects.finished().order_by().filter(material__in=ids)
    return {pk: (n, last) for pk, n, last in rows.values_list("material").annotate(n=Count("pk"), last=Max("on"))}


def plan_done(ids: Collection[int]) -> dict[int, tuple[int, int, date]]:
    """Entries of each line of a plan, their minutes and the last day; one query."""
    rows = WorkEntry.objects.finished().order_by().filter(plan_item__in=ids)
    counted = rows.values_list("plan_item").annotate(n=Count("pk"), spent=Sum("minutes"), last=Max("on"))
    return {pk: (n, spent, last) for pk, n, spent, last in counted}


def lessons_held(ids: Collection[int]) -> frozenset[int]:
    """Those of the lessons that have an entry; one query."""
    rows: Sequence[int] = list(WorkEntry.objects.filter(lesson__in=ids).values_list("lesson", flat=True))
    return frozenset(rows)
