"""The board of a curator: which programmes want something now. A fixed number of queries, whatever their number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q

from opora.foundation.access.knowledge import knows_all
from opora.foundation.accounts.actors import Actor
from opora.school.consilium.terms import control_days, statute_of
from opora.school.pupils.models import Placement

from .expecting import due_by, due_on
from .flow import Status
from .models import Activity, Observation, Programme

PAGE = 15
OWN_PAGE = 60
SHOWN = 3  # activities of one programme on the board; the rest is one click away
NEAR_CONTROL = timedelta(days=14)  # values observed so shortly before a control day are its values
NEAR_END = timedelta(days=30)
WANTS = {
    "late": "просрочено", "week": "на этой неделе", "bare": "ни одной отметки", "control": "контроль",
    "ending": "заканчиваются",
}  # fmt: skip


@dataclass(frozen=True)
class Control:
    """A control day of the consilium (1.5 and 3 months after the start, unless the school says otherwise)."""

    on: date
    title: str
    is_late: bool


@dataclass(frozen=True)
class Due:
    """An activity that wants a mark."""

    activity: Activity
    on: date
    is_late: bool


@dataclass
class BoardLine:
    """One running programme: how many of its activities are late, due this week, never marked; what comes next."""

    pk: int
    starts_on: date
    ends_on: date | None
    late: int = 0
    week: int = 0
    bare: int = 0
    control: Control | None = None
    days_left: int | None = None
    programme: Programme | None = None
    school_class: str = ""
    due: list[Due] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.week - len(self.due)

    @property
    def is_ending(self) -> bool:
        return self.days_left is not None and self.days_left <= NEAR_END.days

    def wants(self, what: str) -> bool:
        """Whether the line belongs under a filter; «» is everything."""
        if what == "control":
            return self.control is not None
        if what == "ending":
            return self.is_ending
        return bool(getattr(self, what)) if what in ("late", "week", "bare") else True

    @property
    def urgency(self) -> tuple[int, int, int, int]:
        over = self.days_left is not None and self.days_left < 0
        return (-int(over), -self.late, -int(self.control is not None and self.control.is_late), -self.week)


@dataclass(frozen=True)
class Board:
    """The page, and how many programmes stand under each filter."""

    page: Page[BoardLine]
    counts: dict[str, int]
    total: int
    week_until: date


def board_of(actor: Actor, today: date, *, what: str = "", curator: str = "", number: str | None = None) -> Board:
    """Running programmes that the actor may see, the most urgent first; nine queries."""
    sunday = today + timedelta(days=6 - today.weekday())
    lines = _lines(actor, today, sunday, curator)
    counts = {code: sum(line.wants(code) for line in lines) for code in WANTS}
    shown = sorted((line for line in lines if line.wants(what)), key=lambda line: line.urgency)
    page: Page[BoardLine] = Paginator(shown, PAGE).get_page(number)
    _fill(actor, list(page.object_list), today, sunday)
    return Board(page, counts, len(lines), sunday)


def late_count(actor: Actor, today: date) -> int:
    """How many programmes the board shows under «late», without filling its page."""
    sunday = today + timedelta(days=6 - today.weekday())
    return sum(line.wants("late") for line in _lines(actor, today, sunday, ""))


def _lines(actor: Actor, today: date, sunday: date, curator: str) -> list[BoardLine]:
    rows = Programme.objects.visible_to(actor).filter(status=Status.RUNNING, starts_on__isnull=False)
    if curator:
        rows = rows.filter(curator__public_id=curator)
    dated = rows.order_by("ends_on", "pk").values_list("pk", "starts_on", "ends_on")
    lines = {pk: BoardLine(pk, starts_on, ends_on) for pk, starts_on, ends_on in dated if starts_on}
    _count(actor, lines, today, sunday)
    statute = statute_of(actor.at)
    seen = last_seen(actor, _keys(actor, lines))
    for line in lines.values():
        days = control_days(line.starts_on, statute)
        line.control = control_of(days, line.ends_on, seen.get(line.pk), today)
        line.days_left = (line.ends_on - today).days if line.ends_on else None
    return list(lines.values())


def _count(actor: Actor, lines: dict[int, BoardLine], today: date, sunday: date) -> None:
    found = Activity.objects.of(actor.at).filter(
        programme__in=_keys(actor, lines), is_over=False, starts_on__lte=sunday
    )
    counted = (
        found.order_by()
        .values_list("programme")
        .annotate(
            late=Count("pk", filter=due_by(today - timedelta(days=1))),
            week=Count("pk", filter=due_by(sunday)),
            bare=Count("pk", filter=Q(last_mark="", starts_on__lt=today)),
        )
    )
    for pk, late, week, bare in counted:
        if pk in lines:
            lines[pk].late, lines[pk].week, lines[pk].bare = late, week, bare


def _keys(actor: Actor, lines: dict[int, BoardLine]) -> Any:
    """Programmes of the board: a query for the many of a lead, the numbers for whoever's need to know was asked."""
    return running_of(actor) if knows_all(actor) else list(lines)


def last_seen(actor: Actor, keys: Any) -> dict[int, date]:
    """The last day on which values of each programme were observed; `keys` or a query for them; one query."""
    rows = Observation.objects.of(actor.at).filter(programme__in=keys, value__isnull=False)
    return dict(rows.order_by().values_list("programme").annotate(last=Max("on")))


def control_of(days: tuple[date, date], ends_on: date | None, seen: date | None, today: date) -> Control | None:
    """The control that is due within two weeks or late and whose values nobody has observed; the later one of two."""
    titles = ("первый контроль", "второй контроль")
    found = None
    for day, title in zip(days, titles, strict=True):
        is_done = seen is not None and seen >= day - NEAR_CONTROL
        if not is_done and day - NEAR_CONTROL <= today and (ends_on is None or day < ends_on):
            found = Control(day, title, day < today)
    return found


def _fill(actor: Actor, lines: list[BoardLine], today: date, sunday: date) -> None:
    """What is read of the programmes of one page alone: names, classes, the first activities."""
    keys = [line.pk for line in lines]
    rows = Programme.objects.visible_to(actor).filter(pk__in=keys).select_related("child", "curator__user")
    programmes = {one.pk: one for one in rows}
    classes = classes_of(actor, [one.child_id for one in programmes.values()])
    due = _first_due(actor, keys, today, sunday)
    for line in lines:
        line.programme = programmes.get(line.pk)
        line.school_class = classes.get(line.programme.child_id, "") if line.programme else ""
        line.due = due.get(line.pk, [])


def _first_due(actor: Actor, keys: list[int], today: date, sunday: date) -> dict[int, list[Due]]:
    """The most urgent activities of each programme: their days are compared first, and few rows are read whole."""
    waiting = Activity.objects.of(actor.at).filter(due_by(sunday), programme__in=keys)
    days: dict[int, list[tuple[date, int]]] = {}
    for pk, programme, *dates in waiting.values_list("pk", "programme", "starts_on", "ends_on", "last_mark_on"):
        days.setdefault(programme, []).append((due_on(*dates) or today, pk))
    first = {programme: sorted(found)[:SHOWN] for programme, found in days.items()}
    wanted = [pk for found in first.values() for _, pk in found]
    rows = Activity.objects.filter(pk__in=wanted).select_related("responsible__user", "programme__child")
    known = {one.pk: one for one in rows}
    return {
        programme: [Due(known[pk], on, on < today) for on, pk in found if pk in known]
        for programme, found in first.items()
    }


def classes_of(actor: Actor, children: list[int]) -> dict[int, str]:
    """The present classes of children, by the key of the child; one query."""
    rows = Placement.objects.of(actor.at).present().filter(child__in=children)
    return dict(rows.values_list("child", "school_class__title"))


def own_activities(actor: Actor, today: date) -> tuple[list[Due], int]:
    """Activities of running programmes that the actor answers for and that are not over, the most urgent first.

    Returns those that fit on one page, and how many there are in all; four queries.
    """
    sunday = today + timedelta(days=6 - today.weekday())
    rows = Activity.objects.of(actor.at).filter(programme__in=running_of(actor), responsible__user=actor.user)
    dated = rows.filter(is_over=False, starts_on__lte=sunday, ends_on__isnull=False)
    found = sorted(
        (due_on(*dates) or today, pk) for pk, *dates in dated.values_list("pk", "starts_on", "ends_on", "last_mark_on")
    )
    known = {one.pk: one for one in Activity.objects.with_people().filter(pk__in=[pk for _, pk in found[:OWN_PAGE]])}
    return [Due(known[pk], on, on < today) for on, pk in found[:OWN_PAGE]], len(found)


def running_of(actor: Actor) -> Any:
    """Keys of the running programmes that the actor may see, as a condition: asked once, not for each activity."""
    return Programme.objects.visible_to(actor).filter(status=Status.RUNNING).order_by().values("pk")
