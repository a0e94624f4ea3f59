"""Children with ОВЗ whose conclusion is in force: who has lessons, who has no specialist, where hours are lacking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, QuerySet
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Speciality
from opora.people.children.models import Child
from opora.school.duties.models import BroughtConclusion, SchoolDuty

from ..groups.models import GroupMember
from ..schoolyear.reading import school_year_of
from ..worklog.hours import Hours, hours_of
from ..worklog.listing import classes_of

KINDS = {
    "idle": "без занятий",
    "alone": "без специалиста",
    "lacking": "дано меньше половины часов",
}


@dataclass(frozen=True)
class Cover:
    """A child by its keys: whether it is taught, whom the conclusion names and who of them is missing, hours."""

    brought_id: int
    child_id: int
    last_name: str
    is_taught: bool
    wanted: list[str]
    missing: list[str]
    hours: list[Hours]

    @property
    def is_idle(self) -> bool:
        """The conclusion names lessons, and the child is in no group or course."""
        return bool(self.wanted) and not self.is_taught

    @property
    def is_alone(self) -> bool:
        return bool(self.missing)

    @cached_property
    def is_lacking(self) -> bool:
        return any(one.state == "late" for one in self.hours)

    @property
    def gap(self) -> Decimal:
        return sum((one.gap for one in self.hours), Decimal(0))

    @cached_property
    def state(self) -> str:
        if self.is_idle or self.is_alone:
            return "late"
        return "soon" if self.is_lacking or any(one.state != "done" for one in self.hours) else "done"

    def falls_under(self, kind: str) -> bool:
        return {"idle": self.is_idle, "alone": self.is_alone, "lacking": self.is_lacking}.get(kind, True)


@dataclass(frozen=True)
class CoverLine:
    """The same as a page shows it, with the groups that the child is in now."""

    cover: Cover
    brought: BroughtConclusion
    room: str
    groups: list[GroupMember]

    @property
    def child(self) -> Child:
        return self.brought.child

    @property
    def address(self) -> str:
        return reverse("duties:brought", args=[self.brought.public_id])


def covers_of(actor: Actor, today: date) -> list[Cover]:
    """The worst first; a fixed number of queries."""
    rows = BroughtConclusion.objects.visible_to(actor).in_force(today).filter(has_limitations=True).order_by()
    wanted, missing = _specialists(actor, rows, today)
    taught = frozenset(_members(actor, today).order_by().values_list("child", flat=True))
    hours: dict[int, list[Hours]] = defaultdict(list)
    for line in hours_of(actor, school_year_of(today).starts_on, today):
        hours[line.child_id].append(line)
    found = [
        Cover(brought, child, last_name, child in taught, wanted[brought], missing[brought], hours[child])
        for brought, child, last_name in rows.values_list("pk", "child", "child__last_name")
    ]
    order = {"late": 0, "soon": 1, "done": 2}
    return sorted(found, key=lambda one: (order[one.state], -one.gap, one.last_name, one.child_id))


def cover_lines(actor: Actor, covers: Sequence[Cover], today: date) -> list[CoverLine]:
    """The children of one page; three queries."""
    ids = [one.child_id for one in covers]
    rows = BroughtConclusion.objects.visible_to(actor).select_related("child", "commission")
    brought = rows.in_bulk([one.brought_id for one in covers])
    rooms, groups = classes_of(actor, ids), defaultdict[int, list[GroupMember]](list)
    for member in _members(actor, today).filter(child__in=ids).defer("ground_note", "outcome").select_related("group"):
        groups[member.child_id].append(member)
    return [
        CoverLine(one, brought[one.brought_id], rooms.get(one.child_id, ""), groups[one.child_id])
        for one in covers
        if one.brought_id in brought
    ]


def _specialists(
    actor: Actor, brought: QuerySet[BroughtConclusion], today: date
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Specialists whose lessons a conclusion names, and those of them for whom nobody answers; one query."""
    wanted, missing = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    rows = SchoolDuty.objects.visible_to(actor).filter(brought__in=brought.values("pk"), kind=SchoolDuty.Kind.LESSONS)
    told = rows.order_by("brought", "order").values_list(
        "brought", "speciality", "responsible", "responsible__ended_on"
    )
    for pk, speciality, post, ended_on in told:
        title = str(Speciality(speciality).label) if speciality else "специалист"
        wanted[pk].append(title)
        if post is None or (ended_on is not None and ended_on < today):
            missing[pk].append(title)
    return wanted, missing


def _members(actor: Actor, today: date) -> QuerySet[GroupMember]:
    """Children in open groups and courses now."""
    return GroupMember.objects.visible_to(actor).filter(
        Q(left_on__isnull=True) | Q(left_on__gte=today), group__closed_on__isnull=True, group__ends_on__gte=today
    )


def counts_of(covers: Collection[Cover]) -> dict[str, int]:
    """How many children stand under each kind."""
    return {kind: sum(one.falls_under(kind) for one in covers) for kind in KINDS}
