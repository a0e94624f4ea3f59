"""A series before it is made: its days, what is skipped and why, the topic of each lesson, what stands against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from opora.foundation.accounts.actors import Actor

from ..materials.models import MaterialTopic
from ..schoolyear.models import Cabinet
from ..schoolyear.reading import days_of
from .conflicts import Conflict, Wanted, lesson_conflicts
from .models import Group
from .series import MOST, lay_topics, lessons_of, series_days

USUAL_COUNT = 16


@dataclass(frozen=True)
class SeriesLine:
    """One lesson of the preview."""

    wanted: Wanted
    topic: MaterialTopic | None
    conflicts: list[Conflict]


@dataclass(frozen=True)
class Series:
    """A preview; `skipped` are days off with their reasons, `missing` lessons find no day in the term."""

    lines: list[SeriesLine]
    skipped: list[tuple[date, str]]
    missing: int

    @property
    def wanted(self) -> list[Wanted]:
        return [one.wanted for one in self.lines]

    @property
    def topics(self) -> list[MaterialTopic | None]:
        return [one.topic for one in self.lines]

    @property
    def faults(self) -> int:
        return sum(bool(one.conflicts) for one in self.lines)


def series_of(
    actor: Actor, group: Group, *, weekdays: Sequence[int], starts_at: time, minutes: int, count: int, first: date,
    cabinet: Cabinet | None = None,
) -> Series:  # fmt: skip
    """Lay a series out; nothing is saved. A fixed number of queries."""
    since = max(first, group.starts_on)
    calendar = days_of(group.organisation, since, max(since, group.ends_on))
    laid = series_days(since, group.ends_on, frozenset(weekdays), count, calendar.is_school_day)
    wanted = [Wanted(day, starts_at, minutes, cabinet) for day in laid.days]
    found = lesson_conflicts(actor, group, wanted)
    topics = topics_ahead(group, len(wanted))
    lines = [SeriesLine(*each) for each in zip(wanted, topics, found, strict=True)]
    return Series(lines, [(day, calendar.why_off(day)) for day in laid.skipped], laid.missing)


def topics_ahead(group: Group, count: int) -> list[MaterialTopic | None]:
    """The topics of the next lessons of a group in the order of its programme; two queries."""
    if group.material is None or not count:
        return [None] * count
    topics = {one.pk: one for one in group.material.topics.all()}
    taken = Counter(group.lessons.planned().filter(topic__isnull=False).values_list("topic", flat=True))
    keys = lay_topics([(key, one.hours) for key, one in topics.items()], taken, count)
    return [topics[key] if key is not None else None for key in keys]


def usual_count(group: Group) -> int:
    """How many lessons are still to be planned: the hours of the plan less what stands; 16 where there is no plan."""
    if group.hours is None:
        return USUAL_COUNT
    left = lessons_of(Decimal(group.hours)) - group.lessons.planned().count()
    return max(1, min(left, MOST))
