"""The service of a school: its head and specialists, and the days on which the school works."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.school.pupils.models import Placement, SchoolClass
from opora.school.support.groups.models import Group
from opora.school.support.materials.models import Material
from opora.school.support.schoolyear.models import Cabinet
from opora.school.support.schoolyear.reading import days_of

from ...names import Names
from ..people import School, hire, school_year

SPECIALISTS = ("specialist", "logoped", "defektolog", "socped")


@dataclass
class Service:
    """The people of one service, and what they have made so far; the stories fill it."""

    here: School
    today: date
    busy: float = 1
    cabinets: dict[str, Cabinet] = field(default_factory=dict)
    materials: dict[str, Material] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    _days: list[date] = field(default_factory=list)

    @property
    def organisation(self) -> Organisation:
        return self.here.organisation

    @property
    def year(self) -> int:
        """The present school year by the calendar year in which it begins; the demonstration begins a year before."""
        return school_year(self.today)

    @property
    def head(self) -> Actor:
        return self.here.actor(self.here.posts["sluzhba"])

    @property
    def director(self) -> Actor:
        return self.here.director

    def post(self, login: str) -> Position:
        return self.here.posts[login]

    def actor(self, login: str) -> Actor:
        return self.here.actor(self.here.posts[login])

    def first_day(self, year: int) -> date:
        return date(year, 9, 1)

    def days(self, start: date, end: date) -> list[date]:
        """School days of a term, as far as they have been; known once the vacations are entered."""
        if not self._days:
            first = self.first_day(self.year - 1)
            self._days = days_of(self.organisation, first, self.today).between(first, self.today)
        return self._days[bisect_left(self._days, start) : bisect_left(self._days, min(end, self.today))]

    def school_day(self, day: date) -> date:
        """The first school day from a day on; today where none has come yet."""
        return next(iter(self.days(day, self.today)), self.today)

    def rooms(self, year: int) -> list[SchoolClass]:
        rows = SchoolClass.objects.of(self.organisation).of_year(year).select_related("teacher__user")
        return list(rows.order_by("title", "pk"))

    def pupils(self, room: SchoolClass) -> list[Child]:
        """Who is in a class now, by the clock of the story."""
        there = Placement.objects.present().filter(school_class=room)
        return list(Child.objects.filter(placements__in=there).order_by("pk"))


def service_of(here: School, names: Names, today: date, busy: float) -> Service:
    """A whole service: a social pedagogue and a defectologist come to the psychologist and the speech therapist."""
    for login, speciality in (("socped", Speciality.SOCIAL_PEDAGOGUE), ("defektolog", Speciality.DEFECTOLOGIST)):
        account = f"defektolog-sch-{here.number}" if login == "defektolog" else f"{login}-{here.number}"
        here.posts[login] = hire(here.organisation, account, names, Role.SCHOOL_SPECIALIST, speciality)
    return Service(here, today, busy)
