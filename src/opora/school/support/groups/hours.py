"""Hours of lessons that conclusions of ПМПК name for a child, by specialist, and those that were given (S-09)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q, QuerySet

from opora.foundation.accounts.roles import Speciality
from opora.foundation.organisations.models import Organisation
from opora.school.duties.models import BroughtConclusion, SchoolDuty

from ..schoolyear.reading import school_days

WEEK = 5  # school days of a whole week
TENTH = Decimal("0.1")
# No words of a condition are read: they are sealed.
COLUMNS = (
    "brought__child", "brought__child__public_id", "pk", "speciality", "hours", "brought__brought_on",
    "brought__ended_on", "brought__valid_until",
)  # fmt: skip
Delivered = Mapping[tuple[int, str], int]
Source = Callable[[Collection[int], date, date], Delivered]
_SOURCES: list[Source] = []


def counts_delivered(source: Source) -> Source:
    """Register who knows the given minutes: `source(children, start, end)` by key of child and speciality."""
    _SOURCES.append(source)
    return source


def delivered_minutes(children: Collection[int], start: date, end: date) -> dict[tuple[int, str], int]:
    """Minutes of lessons given to each of the children by each speciality from a day to a day, both included."""
    total: Counter[tuple[int, str]] = Counter()
    for source in _SOURCES:
        total.update(source(children, start, end))
    return dict(total)


def minutes_given(delivered: Delivered, named: Collection[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Of the delivered minutes those that count for each recommendation of `named`, by key of child and speciality.

    A recommendation that names no speciality has the lessons of every specialist who has none of his own.
    """
    rest: Counter[int] = Counter()
    for (child, speciality), minutes in delivered.items():
        if (child, speciality) not in named:
            rest[child] += minutes
    return {(child, who): delivered.get((child, who), 0) if who else rest[child] for child, who in named}


def in_hours(minutes: int, lesson_minutes: int) -> Decimal:
    """Minutes as hours of a recommendation with one digit: one lesson of the school is one hour.

    This is practice: conclusions name hours a week, and a school gives them in lessons.
    """
    return (Decimal(minutes) / lesson_minutes).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Recommended:
    """`week_hours` in each of `weeks` school weeks; `hours` is their product. `speciality` may be empty."""

    child_id: int
    person_id: str
    duty_id: int
    speciality: str
    week_hours: Decimal
    since: date
    until: date
    weeks: Decimal

    @property
    def hours(self) -> Decimal:
        return (self.week_hours * self.weeks).quantize(TENTH, ROUND_HALF_UP)

    @property
    def who(self) -> str:
        return Speciality(self.speciality).label if self.speciality in Speciality.values else "специалист"


def hours_a_week(some: Collection[Recommended]) -> Decimal:
    """What recommendations of one specialist to one child name for a week: of several conclusions the last one's."""
    last = max(one.until for one in some)
    return sum((one.week_hours for one in some if one.until == last), Decimal(0))


def school_weeks(days: Iterable[date]) -> Decimal:
    """How many school weeks the days make: a week with five of them or more is a whole one, a shorter one a part."""
    weeks = Counter(day.isocalendar()[:2] for day in days)
    whole = sum(min(count, WEEK) for count in weeks.values())
    return (Decimal(whole) / WEEK).quantize(TENTH, ROUND_HALF_UP)


def recommended_hours(
    organisation: Organisation, start: date, end: date, rows: QuerySet[SchoolDuty] | None = None
) -> list[Recommended]:
    """What conclusions in force between the days recommend, for the part of the time in which they were; two queries.

    `rows` narrows the conditions, for instance to `SchoolDuty.objects.visible_to(actor)`.
    """
    known = SchoolDuty.objects.of(organisation) if rows is None else rows
    days = sorted(school_days(organisation, start, end))
    counted: dict[tuple[date, date], Decimal] = {}
    answer = []
    for child, person, duty, speciality, hours, *term in _in_force(known, start, end).values_list(*COLUMNS):
        brought_on, ended_on, valid_until = term
        last = ended_on - timedelta(days=1) if ended_on else None  # on that day the next conclusion is in force
        since, until = max(start, brought_on), min(filter(None, (end, last, valid_until)))
        if since > until:
            continue
        if (since, until) not in counted:
            counted[since, until] = school_weeks(_between(days, since, until))
        answer.append(Recommended(child, person, duty, speciality, hours, since, until, counted[since, until]))
    return answer


def _in_force(rows: QuerySet[SchoolDuty], start: date, end: date) -> QuerySet[SchoolDuty]:
    found = rows.filter(
        Q(brought__ended_on__isnull=True) | Q(brought__ended_on__gt=start),
        Q(brought__valid_until__isnull=True) | Q(brought__valid_until__gte=start),
        kind=SchoolDuty.Kind.LESSONS, hours__isnull=False, brought__brought_on__lte=end,
    )  # fmt: skip
    return found.exclude(brought__end_reason=BroughtConclusion.EndReason.MISTAKE).order_by("brought", "order")


def _between(days: Sequence[date], since: date, until: date) -> Sequence[date]:
    return days[bisect_left(days, since) : bisect_right(days, until)]
