"""The load of each post: what was logged against the norm at its rate and against the approved schedule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

from ..approval import Status
from ..groups.hours import school_weeks
from ..groups.models import Lesson
from ..schedules.models import ScheduleSlot, WorkSchedule, slot_minutes
from ..schedules.totals import DIRECT, hours_words
from ..schedules.weeks import falls_on, week_number
from ..schoolyear.reading import Norm, days_of, norms_of, school_year_of
from ..worklog.counting import entries_of, tally
from ..worklog.listing import Span
from ..worklog.models import WorkEntry

SERVICE = (Role.SCHOOL_SPECIALIST, Role.SERVICE_HEAD)
SLOT = ("schedule", "weekday", "weeks", "starts_at", "ends_at")
Slots = dict[tuple[int, int], list[tuple[str, int]]]  # weeks and minutes by schedule and weekday
FULL, THIN, OVER = 0.9, 0.6, 1.15  # parts of the norm


@dataclass(frozen=True)
class Load:
    """A post in a term: minutes. `wanted` and `wanted_direct` are those of the norm for the days that have passed."""

    post: Position
    norm: Norm | None
    wanted: int
    wanted_direct: int
    scheduled: int
    schedule: WorkSchedule | None
    logged: int
    direct: int
    entries: int
    unlogged: int
    drafts: int
    span: Span

    @property
    def share(self) -> float:
        return self.logged / self.wanted if self.wanted else 1.0

    @property
    def percent(self) -> int:
        return round(100 * self.share)

    @property
    def state(self) -> str:
        if not self.wanted:
            return "neutral"
        if self.share > OVER or THIN <= self.share < FULL:
            return "soon"
        return "done" if self.share >= FULL else "late"

    @property
    def words(self) -> str:
        """The colour said in words."""
        if not self.wanted:
            return "нормы нет"
        if self.share > OVER:
            return "сверх нормы"
        if self.share >= FULL:
            return "по норме"
        return "внесено меньше" if self.share >= THIN else "внесено мало"

    @property
    def logged_words(self) -> str:
        return hours_words(self.logged)

    @property
    def direct_words(self) -> str:
        return hours_words(self.direct)

    @property
    def wanted_words(self) -> str:
        return hours_words(self.wanted)

    @property
    def scheduled_words(self) -> str:
        return hours_words(self.scheduled)

    @property
    def journal(self) -> str:
        return f"{reverse('worklog:journal')}?period={self.span.code}&who={self.post.public_id}"

    @property
    def lessons(self) -> str:
        return f"{reverse('leading:lessons')}?who={self.post.public_id}"


def posts_of(actor: Actor, start: date, end: date) -> list[Position]:
    """Posts of the service held at some time of a term; a head without a speciality when he logs work himself."""
    held = Q(started_on__lte=end) & (Q(ended_on__isnull=True) | Q(ended_on__gte=start))
    rows = Position.objects.visible_to(actor).filter(held, role__in=SERVICE)
    worked = WorkEntry.objects.of(actor.at).within(start, end).values("position")
    counted = rows.filter(Q(role=Role.SCHOOL_SPECIALIST) | ~Q(speciality="") | Q(pk__in=worked))
    return list(counted.select_related("user").order_by("user__last_name", "user__first_name", "pk"))


def loads_of(actor: Actor, span: Span, today: date) -> list[Load]:
    """A line for each post; a fixed number of queries, whatever the number of entries and posts."""
    end = min(span.end, today)
    posts = posts_of(actor, span.start, end)
    days = days_of(actor.at, span.start, end).between(span.start, end)
    norms = norms_of(actor.at, posts, end)
    logged, direct, entries = _logged(actor, span.start, end)
    held = {post.pk: _held(post, days) for post in posts}
    planned = _scheduled(actor, held)
    unlogged, drafts = unlogged_of(actor, today), drafts_of(actor)
    lines = []
    for post in posts:
        norm, (minutes, schedule) = norms.get(post.pk), planned.get(post.pk, (0, None))
        weeks = school_weeks(held[post.pk]) * 60
        lines.append(
            Load(
                post=post, norm=norm, schedule=schedule, scheduled=minutes, span=span,
                wanted=round(norm.week_hours * weeks) if norm else 0,
                wanted_direct=round(norm.direct_hours * weeks) if norm else 0,
                logged=logged.get(post.pk, 0), direct=direct.get(post.pk, 0), entries=entries.get(post.pk, 0),
                unlogged=unlogged.get(post.pk, 0), drafts=drafts.get(post.pk, (0, None))[0],
            )
        )  # fmt: skip
    return lines


def _logged(actor: Actor, start: date, end: date) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    """Minutes, minutes with people, entries, by post; one query."""
    minutes, direct, entries = defaultdict[int, int](int), defaultdict[int, int](int), defaultdict[int, int](int)
    for (post, kind), one in tally(entries_of(actor.at, start, end), "position", "kind").items():
        minutes[post] += one.minutes
        entries[post] += one.entries
        direct[post] += one.minutes if kind in DIRECT else 0
    return minutes, direct, entries


def _held(post: Position, days: Iterable[date]) -> list[date]:
    """The days on which the post was held."""
    return [day for day in days if post.started_on <= day and (post.ended_on is None or day <= post.ended_on)]


def _scheduled(actor: Actor, held: Mapping[int, Sequence[date]]) -> dict[int, tuple[int, WorkSchedule]]:
    """Minutes that approved schedules of each post have on its days, and the latest begun of them; two queries.

    Each day is counted by the schedule in force on it: of those that last then, by the one that began last.
    """
    days = sorted({day for some in held.values() for day in some})
    if not days:
        return {}
    rows = WorkSchedule.objects.of(actor.at).filter(
        position__in=list(held), status=Status.APPROVED, starts_on__lte=days[-1], ends_on__gte=days[0]
    )
    of_post: dict[int, list[WorkSchedule]] = defaultdict(list)
    for one in rows.order_by("-starts_on", "-pk"):
        of_post[one.position_id].append(one)
    slots: Slots = defaultdict(list)
    every = [one.pk for some in of_post.values() for one in some]
    rows_of = ScheduleSlot.objects.of(actor.at).filter(schedule__in=every).order_by()
    for schedule, weekday, weeks, starts_at, ends_at in rows_of.values_list(*SLOT):
        slots[schedule, weekday].append((weeks, slot_minutes(starts_at, ends_at)))
    return {post: (sum(_minutes(some, slots, day) for day in held[post]), some[0]) for post, some in of_post.items()}


def _minutes(schedules: Iterable[WorkSchedule], slots: Slots, day: date) -> int:
    """Minutes of one day; of the schedules the latest begun comes first."""
    found = next((one for one in schedules if one.starts_on <= day <= one.ends_on), None)
    if found is None:
        return 0
    number = week_number(found.starts_on, day)
    return sum(minutes for weeks, minutes in slots.get((found.pk, day.isoweekday()), ()) if falls_on(weeks, number))


def unlogged_of(actor: Actor, today: date) -> dict[int, int]:
    """Past lessons that nobody logged or cancelled, by the leader's post; one query."""
    rows = lessons_unlogged(actor, today).order_by()
    return dict(rows.values_list("group__leader").annotate(n=Count("pk")))


def lessons_unlogged(actor: Actor, today: date) -> QuerySet[Lesson]:
    """The lessons themselves, of this school year: what was forgotten in the last one is history."""
    since = school_year_of(today).starts_on
    rows = Lesson.objects.of(actor.at).filter(
        on__gte=since, on__lt=today, cancelled_on__isnull=True, entry__isnull=True
    )
    return rows.select_related("group__leader__user")


def drafts_of(actor: Actor) -> dict[int, tuple[int, date | None]]:
    """Drafts by post, and the oldest day; one query."""
    counted = drafts_unfinished(actor).order_by().values_list("position").annotate(n=Count("pk"), oldest=Min("on"))
    return {post: (n, oldest) for post, n, oldest in counted}


def drafts_unfinished(actor: Actor) -> QuerySet[WorkEntry]:
    """The drafts themselves; what stands in them is their author's alone."""
    return WorkEntry.objects.of(actor.at).filter(is_draft=True).select_related("position__user")
