"""Terms and quorum of a consilium: the school's own statute over the usual terms of the edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from opora.foundation.organisations.models import Organisation
from opora.foundation.ui.typography import plural
from opora.people.law import law_on
from opora.regulations.calendar import add_working_days
from opora.regulations.consilium.entries import ConsiliumTerm
from opora.regulations.consilium.reading import quorum_of, term_of

from .models import AgendaItem, ConsiliumMeeting, ConsiliumSettings

DAYS_OF_MONTH = 30  # half a month is fifteen days


def statute_of(organisation: Organisation) -> ConsiliumSettings:
    """The statute of a school, or the usual one that nobody has changed (not saved)."""
    found = ConsiliumSettings.objects.filter(organisation=organisation).first()
    return found or ConsiliumSettings(organisation=organisation)


def term(code: str, on: date) -> ConsiliumTerm:
    """The usual term with its clause."""
    return term_of(law_on(on), code)


def protocol_due(meeting: ConsiliumMeeting, statute: ConsiliumSettings) -> date:
    """The last working day for the protocol."""
    return add_working_days(meeting.day, statute.protocol_days)


def teachers_due(item: AgendaItem, statute: ConsiliumSettings) -> date:
    """The last working day to tell the teachers."""
    return add_working_days(item.meeting.day, statute.teachers_days)


def control_days(day: date, statute: ConsiliumSettings) -> tuple[date, date]:
    """The two days on which the recommendations of a meeting are looked at again."""
    return months_later(day, statute.first_control_months), months_later(day, statute.second_control_months)


def months_later(day: date, months: Decimal | float) -> date:
    """Whole months by the calendar, a part of a month by days: 1.5 months after 31 January is 15 March."""
    whole = int(months)
    total = day.month - 1 + whole
    year, month = day.year + total // 12, total % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    rest = round(float(months - whole) * DAYS_OF_MONTH)
    return date(year, month, min(day.day, last)) + timedelta(days=rest)


def half_year_of(day: date) -> tuple[date, date]:
    """The half of the school year: September to December, January to August."""
    if day.month >= 9:
        return date(day.year, 9, 1), date(day.year, 12, 31)
    return date(day.year, 1, 1), date(day.year, 8, 31)


@dataclass(frozen=True)
class Quorum:
    """How many members are present, of how many, and how many are needed."""

    present: int
    members: int
    needed: int

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed

    @property
    def words(self) -> str:
        """«Присутствуют 4 члена из 5, кворум (3) есть»."""
        came = plural(self.present, "член консилиума,члена консилиума,членов консилиума")
        verb = "Присутствует" if self.present % 10 == 1 and self.present % 100 != 11 else "Присутствуют"
        has = f"кворум ({self.needed}) есть" if self.is_met else f"для кворума нужно {self.needed}"
        return f"{verb} {came} из {self.members}, {has}"


def quorum(meeting: ConsiliumMeeting, statute: ConsiliumSettings | None = None) -> Quorum:
    """The quorum of a meeting by the ticks of attendance."""
    marks = list(meeting.members.values_list("is_present", flat=True))
    percent = (statute or statute_of(meeting.organisation)).quorum_percent
    return Quorum(sum(marks), len(marks), quorum_of(percent, len(marks)))
