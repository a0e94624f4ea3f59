"""Hours of a week by kind beside the norm of the post, each deviation in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from opora.foundation.ui.typography import NBSP

from ..schoolyear.reading import Norm, norm_of
from .models import ScheduleSlot, WorkSchedule
from .weeks import share_of

Kind = ScheduleSlot.Kind
DIRECT = frozenset({Kind.INDIVIDUAL, Kind.GROUP, Kind.DIAGNOSTICS, Kind.CONSULTATION, Kind.EDUCATION})
TOLERANCE = 10  # minutes a week within which a schedule meets its norm


@dataclass(frozen=True)
class KindTotal:
    """Minutes a week of one kind."""

    kind: str
    label: str
    minutes: int

    @property
    def words(self) -> str:
        return hours_words(self.minutes)


@dataclass(frozen=True)
class Deviation:
    """One comparison with the norm; `state` is the colour of its words."""

    title: str
    words: str
    state: str


@dataclass(frozen=True)
class Totals:
    kinds: list[KindTotal]
    minutes: int
    direct: int
    norm: Norm | None
    deviations: list[Deviation]

    @property
    def words(self) -> str:
        return hours_words(self.minutes)


def hours_words(minutes: int) -> str:
    """«18 ч 20 мин», «18 ч», «20 мин»."""
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{hours}{NBSP}ч"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{NBSP}мин")
    return " ".join(parts)


def minutes_by_kind(slots: Iterable[ScheduleSlot]) -> dict[str, int]:
    """Minutes of an average week by kind."""
    found: Counter[str] = Counter()
    for one in slots:
        found[one.kind] += round(one.minutes * share_of(one.weeks))
    return dict(found)


def totals_of(schedule: WorkSchedule, slots: Iterable[ScheduleSlot]) -> Totals:
    """A week of the schedule against the norm of the post at its rate in that year; three queries."""
    counted = minutes_by_kind(slots)
    norm = norm_of(schedule.position, schedule.starts_on)
    total = sum(counted.values())
    direct = sum(minutes for kind, minutes in counted.items() if kind in DIRECT)
    kinds = [KindTotal(code, str(label), counted[code]) for code, label in Kind.choices if counted.get(code)]
    return Totals(kinds, total, direct, norm, deviations(total, direct, norm))


def deviations(total: int, direct: int, norm: Norm | None) -> list[Deviation]:
    """The whole week and the work with people, each against its norm."""
    if norm is None:
        return []
    rate = f"{norm.rate.normalize():f}".replace(".", ",")
    pairs = (
        (f"Вся неделя при ставке {rate}", total, norm.week_hours),
        ("Из них с\u00a0людьми", direct, norm.direct_hours),
    )
    return [_deviation(title, minutes, hours) for title, minutes, hours in pairs]


def _deviation(title: str, minutes: int, hours: Decimal) -> Deviation:
    wanted = round(hours * 60)
    rest, norm = minutes - wanted, hours_words(wanted)
    if abs(rest) <= TOLERANCE:
        return Deviation(title, f"{hours_words(minutes)}: по{NBSP}норме ({norm})", "done")
    word = "больше" if rest > 0 else "меньше"
    return Deviation(title, f"{hours_words(minutes)}: на{NBSP}{hours_words(rest)} {word} нормы ({norm})", "soon")
