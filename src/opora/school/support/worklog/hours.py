"""Hours by recommendations: what conclusions of ПМПК name for a child against what was given, the widest gap first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Speciality
from opora.people.children.models import Child
from opora.school.duties.models import SchoolDuty

from ..groups.hours import Recommended, hours_a_week, in_hours, minutes_given, recommended_hours
from ..schoolyear.reading import settings_of
from .counting import delivered_minutes
from .listing import classes_of

ENOUGH, FEW = Decimal("0.9"), Decimal("0.5")  # parts of the recommended: as it should be; hardly any


@dataclass(frozen=True)
class Hours:
    """A child by its key, and a speciality; hours with one digit."""

    child_id: int
    last_name: str
    speciality: str
    week: Decimal
    recommended: Decimal
    delivered: Decimal

    @property
    def who(self) -> str:
        return str(Speciality(self.speciality).label) if self.speciality in Speciality.values else "специалист"

    @cached_property
    def gap(self) -> Decimal:
        return max(self.recommended - self.delivered, Decimal(0))

    @cached_property
    def share(self) -> Decimal:
        return self.delivered / self.recommended if self.recommended else Decimal(1)

    @property
    def percent(self) -> int:
        return min(int(self.share * 100), 100)

    @property
    def state(self) -> str:
        if self.share >= ENOUGH:
            return "done"
        return "soon" if self.share >= FEW else "late"

    @property
    def words(self) -> str:
        if self.share >= ENOUGH:
            return "дано по рекомендации"
        if not self.delivered:
            return "занятий не было"
        return "дано меньше" if self.share >= FEW else "дано меньше половины"


@dataclass(frozen=True)
class HoursLine:
    """Hours with the child as a page shows it."""

    hours: Hours
    child: Child
    room: str


def hours_lines(actor: Actor, found: Sequence[Hours]) -> list[HoursLine]:
    """The children of one page with their classes; two queries."""
    ids = [one.child_id for one in found]
    children = Child.objects.visible_to(actor).in_bulk(ids)
    rooms = classes_of(actor, ids)
    return [
        HoursLine(one, children[one.child_id], rooms.get(one.child_id, "")) for one in found if one.child_id in children
    ]


def hours_of(actor: Actor, start: date, end: date) -> list[Hours]:
    """A row for each child and speciality that a conclusion names, by gap; a fixed number of queries.

    Only children whom the actor knows: for a specialist, those of his own work. Hours that name no speciality are
    compared with the lessons of every specialist who has no line of his own.
    """
    named = defaultdict[tuple[int, str], list[Recommended]](list)
    for one in recommended_hours(actor.at, start, end, SchoolDuty.objects.visible_to(actor)):
        named[one.child_id, one.speciality].append(one)
    ids = [child for child, _ in named]
    given = minutes_given(delivered_minutes(ids, start, end), named)
    names = dict(Child.objects.visible_to(actor).filter(pk__in=ids).order_by().values_list("pk", "last_name"))
    lesson = settings_of(actor.at).lesson_minutes
    found = [
        Hours(
            child, names[child], speciality, hours_a_week(some), sum((one.hours for one in some), Decimal(0)),
            in_hours(given[child, speciality], lesson),
        )
        for (child, speciality), some in named.items()
        if child in names
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.gap, one.last_name, one.child_id, one.speciality))
