"""One school year of one school: what several tables count from is read once and kept here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Exists, F, OuterRef, Q

from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.school.duties.models import BroughtConclusion
from opora.school.pupils.models import Placement

from ...schoolyear.reading import YearSpan
from ...worklog.counting import LESSONS, Tally, entries_of, tally
from ...worklog.models import EntryChild
from .tables import Values, summed

FEBRUARY = 2


@dataclass(frozen=True, slots=True)
class Deed:
    """By what the log is cut."""

    direction: str
    kind: str
    audience: str
    position: int
    material: int | None


def year_ago(day: date) -> date:
    """The same day of the last year; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == FEBRUARY else day.day)


class Year:
    """Counted from the first day of the year to `until`: its last day, or the day of counting while it goes on."""

    def __init__(self, organisation: Organisation, span: YearSpan, on: date) -> None:
        self.organisation, self.span = organisation, span
        self.starts_on, self.until = span.starts_on, min(span.ends_on, max(on, span.starts_on))

    def days(self, field: str) -> Q:
        """Rows whose day stands in the year."""
        return Q(**{f"{field}__gte": self.starts_on, f"{field}__lte": self.until})

    def lasting(self, since: str, *ends: str) -> Q:
        """Rows that held on some day of the year: begun by its end, not over before its first day."""
        asked = Q(**{f"{since}__lte": self.until})
        for end in ends:
            asked &= Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": self.starts_on})
        return asked

    @property
    def finished(self) -> Q:
        """Entries of the log that count."""
        return Q(is_draft=False) & self.days("on")

    @cached_property
    def work(self) -> dict[Deed, Tally]:
        """The whole log of the year, cut once; one query."""
        rows = entries_of(self.organisation, self.starts_on, self.until)
        keys = ("direction", "kind", "audience", "position", "material")
        return {Deed(*key): sums for key, sums in tally(rows, *keys).items()}

    @cached_property
    def months(self) -> dict[int, Values]:
        """Entries, minutes and people by the number of the month; by days in the database, which is quicker there."""
        found: dict[int, list[Values]] = {}
        rows = entries_of(self.organisation, self.starts_on, self.until)
        for (on,), sums in tally(rows, "on").items():
            found.setdefault(on.month, []).append((sums.entries, sums.minutes, sums.people))
        return {month: summed(sums, 3) for month, sums in found.items()}

    def worked(self, of: Callable[[Deed], str], where: Callable[[Deed], bool] = lambda _: True) -> dict[str, Values]:
        """Entries, minutes and people by a key of the cut."""
        found: dict[str, list[Values]] = {}
        for deed, sums in self.work.items():
            if where(deed):
                found.setdefault(of(deed), []).append((sums.entries, sums.minutes, sums.people))
        return {key: summed(rows, 3) for key, rows in found.items()}

    @cached_property
    def attended(self) -> dict[str, int]:
        """Marks of attendance at lessons, individual and in groups; one query."""
        lessons = entries_of(self.organisation, self.starts_on, self.until).filter(kind__in=LESSONS)
        rows = EntryChild.objects.of(self.organisation).filter(entry__in=lessons.values("pk")).order_by()
        return dict(rows.values_list("attendance").annotate(n=Count("pk")))

    @cached_property
    def met(self) -> set[int]:
        """Children who came to any work of the year: looked for by child, few rows are read of each; one query."""
        came = EntryChild.objects.finished().within(self.starts_on, self.until).order_by()
        found = Child.objects.of(self.organisation).filter(
            Exists(came.filter(child=OuterRef("pk"), attendance=EntryChild.Attendance.PRESENT))
        )
        return set(found.order_by().values_list("pk", flat=True))

    @cached_property
    def levels(self) -> dict[int, str]:
        """Every child in a class of this year and the level of its last one; one query."""
        rows = Placement.objects.of(self.organisation).filter(
            self.lasting("started_on", "ended_on"), school_class__year=self.span.year
        )
        latest = rows.order_by(F("ended_on").asc(nulls_last=True), "pk")
        return dict(latest.values_list("child", "school_class__level"))

    @cached_property
    def limited(self) -> set[int]:
        """Children whose conclusion in force during the year names them as having limitations (ОВЗ); one query."""
        rows = BroughtConclusion.objects.of(self.organisation).filter(
            self.lasting("brought_on", "ended_on", "valid_until"), has_limitations=True
        )
        return set(rows.exclude(end_reason="mistake").order_by().values_list("child", flat=True))
