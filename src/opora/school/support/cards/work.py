"""What the log says of the child of a card: results over time, hours by month and specialist, attendance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.safestring import SafeString, mark_safe

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.school.programmes.pictures import Point, Voice, criterion_svg, number

from ..worklog.models import EntryChild, WorkEntry
from .models import SupportCard
from .seeing import work_with

LEVELS = {code: place for place, code in enumerate(EntryChild.Level.values, start=1)}
MOST_RESULTS = 200


@dataclass(frozen=True)
class Result:
    """One measurement: a number, a level, or both."""

    on: date
    value: float | None
    level: str
    who: str

    @property
    def words(self) -> str:
        said = "" if self.value is None else number(self.value)
        level = str(EntryChild.Level(self.level).label) if self.level else ""
        return ", ".join(filter(None, (said, level))) or "—"


@dataclass
class Method:
    """The results of one method, the oldest first."""

    title: str
    results: list[Result] = field(default_factory=list)

    @property
    def change(self) -> str:
        """«было 3, стало 5»: the first and the last that can be compared."""
        values = [one.value for one in self.results if one.value is not None]
        if len(values) > 1:
            return f"было {number(values[0])}, стало {number(values[-1])}"
        levels = [one.level for one in self.results if one.level]
        if len(levels) > 1:
            first, last = (str(EntryChild.Level(one).label) for one in (levels[0], levels[-1]))
            return f"было: {first}, стало: {last}"
        return ""

    def svg(self, key: str) -> SafeString:
        """The picture of two or more comparable results; empty for fewer."""
        points = [Point(one.on, one.value) for one in self.results if one.value is not None]
        scaled = len(points) < 2
        if scaled:
            points = [Point(one.on, LEVELS[one.level]) for one in self.results if one.level]
        if len(points) < 2:
            return SafeString("")
        voice = Voice("уровень: 1 — низкий, 5 — высокий" if scaled else "балл", tuple(points))
        least = 1.0 if scaled else min(0.0, *(one.value for one in points))
        # Everything typed by people is escaped by the picture itself.
        return mark_safe(
            criterion_svg(
                self.title, [voice], starts_on=points[0].on, ends_on=points[-1].on, wanted=None, least=least,
                most=5.0 if scaled else None, key=key,
            )
        )  # fmt: skip


@dataclass(frozen=True)
class MonthLine:
    """A month: minutes of each specialist in the order of the heads, and together."""

    month: date
    minutes: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.minutes)


@dataclass(frozen=True)
class Delivered:
    """The table of delivered work; `heads` are the specialists."""

    heads: tuple[Position, ...]
    lines: tuple[MonthLine, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(sum(one.minutes[place] for one in self.lines) for place in range(len(self.heads)))

    @property
    def total(self) -> int:
        return sum(self.totals)


@dataclass(frozen=True)
class Attended:
    """How often the child was there; of lessons alone."""

    present: int
    ill: int
    absent: int

    @property
    def planned(self) -> int:
        return self.present + self.ill + self.absent

    @property
    def share(self) -> int:
        """Per cent of lessons that were visited."""
        return round(100 * self.present / self.planned) if self.planned else 0


def methods_of(actor: Actor, card: SupportCard) -> list[Method]:
    """Diagnostics of the child, method by method; one query."""
    rows = work_with(actor, card, until=card.closed_on).filter(entry__kind=WorkEntry.Kind.DIAGNOSTICS)
    measured = rows.filter(Q(value__isnull=False) | ~Q(level=""))
    found: dict[str, Method] = {}
    for one in measured.select_related("entry__material", "entry__position__user").order_by("-entry__on", "-pk")[
        :MOST_RESULTS
    ]:
        entry = one.entry
        title = entry.material.title if entry.material else entry.topic
        result = Result(
            entry.on, float(one.value) if one.value is not None else None, one.level, entry.position.user.short_name
        )
        found.setdefault(" ".join(title.split()), Method(title)).results.append(result)
    for method in found.values():
        method.results.reverse()
    return sorted(found.values(), key=lambda one: one.title.lower())


def delivered_of(actor: Actor, card: SupportCard) -> Delivered:
    """Minutes of work with and about the child that took place, by month and specialist, from the proposal on."""
    rows = work_with(actor, card, until=card.closed_on).filter(
        attendance=EntryChild.Attendance.PRESENT, entry__on__gte=card.proposed_on
    )
    counted = list(
        rows.annotate(month=TruncMonth("entry__on"))
        .values_list("month", "entry__position")
        .annotate(minutes=Sum("entry__minutes"))
    )
    heads = _posts({post for _, post, _ in counted})
    by_cell = {(month, post): minutes for month, post, minutes in counted}
    months = sorted({month for month, _, _ in counted}, reverse=True)
    lines = (MonthLine(month, tuple(by_cell.get((month, one.pk), 0) for one in heads)) for month in months)
    return Delivered(heads, tuple(lines))


def _posts(keys: Iterable[int]) -> tuple[Position, ...]:
    wanted = set(keys)
    if not wanted:
        return ()
    rows = Position.objects.filter(pk__in=wanted).select_related("user")
    return tuple(rows.order_by("user__last_name", "user__first_name", "pk"))


def attended_of(actor: Actor, card: SupportCard) -> Attended:
    """Attendance of individual and group lessons from the proposal on; one query."""
    kinds = (WorkEntry.Kind.INDIVIDUAL, WorkEntry.Kind.GROUP)
    rows = work_with(actor, card, until=card.closed_on).filter(entry__kind__in=kinds, entry__on__gte=card.proposed_on)
    counts = {name: Count("pk", filter=Q(attendance=name)) for name in EntryChild.Attendance.values}
    return Attended(**rows.aggregate(**counts))


def hours(minutes: int) -> str:
    """«2 ч 20 мин», «40 мин», an empty string for nothing."""
    whole, rest = divmod(minutes, 60)
    parts: Sequence[str] = (f"{whole}\u00a0ч" if whole else "", f"{rest}\u00a0мин" if rest else "")
    return " ".join(filter(None, parts))
