"""What upper rooms ask: the school year of a day, school days, the settings, the norm of a post.

Each answer costs a fixed number of queries; `Days` answers for a whole term with one reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import Speciality
from opora.foundation.organisations.models import Organisation
from opora.people.law import law_on
from opora.regulations.calendar import is_holiday, is_working_day
from opora.regulations.service.reading import hour_norms
from opora.school.pupils import titles

from .models import DayOff, HourNorm, ServiceSettings, Workload

SATURDAY, SUNDAY = 5, 6
SPECIALITIES = (
    Speciality.PSYCHOLOGIST, Speciality.SOCIAL_PEDAGOGUE, Speciality.SPEECH_THERAPIST, Speciality.DEFECTOLOGIST,
    Speciality.HEARING_TEACHER, Speciality.VISION_TEACHER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class YearSpan:
    """A school year: the calendar year in which it begins, its first and last day, «2026/27»."""

    year: int
    starts_on: date
    ends_on: date
    title: str

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def school_year(year: int) -> YearSpan:
    """The school year that begins in a calendar year."""
    return YearSpan(year, titles.first_day(year), titles.last_day(year), titles.year_title(year))


def school_year_of(day: date) -> YearSpan:
    """The school year of a day."""
    return school_year(titles.year_of(day))


def settings_of(organisation: Organisation) -> ServiceSettings:
    """The settings of a school; the usual ones, not saved, where nobody has set them."""
    return ServiceSettings.objects.of(organisation).first() or ServiceSettings(organisation=organisation)


@dataclass(frozen=True, slots=True)
class Days:
    """School days of one school in a term: its own ranges over the production calendar, the later entered above."""

    ranges: tuple[tuple[date, date, bool, str], ...]
    works_saturdays: bool

    def is_school_day(self, day: date) -> bool:
        for starts_on, ends_on, works, _ in self.ranges:
            if starts_on <= day <= ends_on:
                return works
        if day.weekday() == SATURDAY and self.works_saturdays:
            return not is_holiday(day)
        return is_working_day(day)

    def why_off(self, day: date) -> str:
        """Why there is no school on a day, in words; empty on a school day."""
        if self.is_school_day(day):
            return ""
        own = next((title for starts_on, ends_on, _, title in self.ranges if starts_on <= day <= ends_on), "")
        if own:
            return own
        return "праздничный или перенесённый выходной день" if is_holiday(day) else "выходной день"

    def between(self, starts_on: date, ends_on: date) -> list[date]:
        count = (ends_on - starts_on).days + 1
        return [day for day in (starts_on + timedelta(days=n) for n in range(count)) if self.is_school_day(day)]


def days_of(organisation: Organisation, starts_on: date, ends_on: date) -> Days:
    """What is needed to tell school days of a term: two queries, however long it is."""
    rows = DayOff.objects.of(organisation).filter(starts_on__lte=ends_on, ends_on__gte=starts_on).order_by("-pk")
    ranges = tuple((one.starts_on, one.ends_on, one.works, one.title) for one in rows)
    return Days(ranges, settings_of(organisation).works_saturdays)


def is_school_day(organisation: Organisation, day: date) -> bool:
    """Whether the school works on a day. For many days take `days_of`."""
    return days_of(organisation, day, day).is_school_day(day)


def school_days(organisation: Organisation, starts_on: date, ends_on: date) -> list[date]:
    """The days of a term on which the school works, both ends counted."""
    return days_of(organisation, starts_on, ends_on).between(starts_on, ends_on)


@dataclass(frozen=True, slots=True)
class Norm:
    """Hours a week of a post at its rate; `is_own` where the school has set the norm itself, else it is recalled."""

    rate: Decimal
    week_hours: Decimal
    direct_hours: Decimal
    is_own: bool

    @property
    def other_hours(self) -> Decimal:
        """Preparation, papers, methods: hours of the week that are no work with people."""
        return self.week_hours - self.direct_hours


@dataclass(frozen=True, slots=True)
class FullRate:
    """Hours of a full rate of a speciality."""

    week_hours: Decimal
    direct_hours: Decimal
    is_own: bool


def full_rates(organisation: Organisation, on: date) -> dict[str, FullRate]:
    """Norms of all specialities: those of the school, else those that the edition of a day recalls. One query."""
    found = {
        one.code: FullRate(Decimal(str(one.week_hours)), Decimal(str(one.direct_hours)), is_own=False)
        for one in hour_norms(law_on(on))
    }
    for row in HourNorm.objects.of(organisation):
        found[row.speciality] = FullRate(row.week_hours, row.direct_hours, is_own=True)
    return found


def norms_of(organisation: Organisation, positions: Iterable[Position], on: date) -> Mapping[int, Norm]:
    """Norms of several posts by their keys, in two queries; a post without a speciality has none."""
    posts = [one for one in positions if one.speciality]
    rates = dict(
        Workload.objects.of(organisation)
        .filter(position__in=[one.pk for one in posts], year=titles.year_of(on))
        .values_list("position", "rate")
    )
    whole = full_rates(organisation, on)
    answer = {}
    for post in posts:
        full, rate = whole.get(post.speciality), rates.get(post.pk, Decimal(1))
        if full is not None:
            answer[post.pk] = Norm(rate, full.week_hours * rate, full.direct_hours * rate, full.is_own)
    return answer


def norm_of(position: Position, on: date) -> Norm | None:
    """The norm of a post in the school year of a day; None for a post without a norm."""
    return norms_of(position.organisation, [position], on).get(position.pk)
