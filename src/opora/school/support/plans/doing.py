"""Planned against done: what was logged for a line and for the lines that grew from it. Nothing is typed twice.

The log stands above this room and fills `counts_done`; without it nothing is done yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .models import PlanItem

AT_ONCE = 20_000  # keys in one question: SQLite takes 32,766
GENERATIONS = 4  # perspective, year of the service, own year, month, week: each grows out of the one before


@dataclass(frozen=True, slots=True)
class Done:
    """How many entries of the log, how many minutes, the last day."""

    entries: int = 0
    minutes: int = 0
    last_on: date | None = None

    def __add__(self, other: Done) -> Done:
        days = [day for day in (self.last_on, other.last_on) if day]
        return Done(self.entries + other.entries, self.minutes + other.minutes, max(days, default=None))


Counter = Callable[[Iterable[int]], Mapping[int, Done]]
_COUNTERS: list[Counter] = []


def counts_done(counter: Counter) -> Counter:
    """Register a counter: keys of plan lines -> what was done for each of them; called once at start by the log."""
    _COUNTERS.append(counter)
    return counter


def done_of(keys: Iterable[int]) -> dict[int, Done]:
    """What was done for lines, with all that grew from them: one query a generation and one a counter."""
    total = dict.fromkeys(keys, Done())
    roots = list(total)
    heirs: dict[int, list[int]] = {key: [key] for key in roots}
    path = "origin"
    for _ in range(GENERATIONS if roots else 0):
        grown = list(PlanItem.objects.filter(**{f"{path}__in": roots}).order_by().values_list("pk", path))
        for key, root in grown:
            heirs.setdefault(key, []).append(root)
        if not grown:
            break
        path += "__origin"
    every = list(heirs)
    for counter in _COUNTERS:
        for start in range(0, len(every), AT_ONCE):
            for key, done in counter(every[start : start + AT_ONCE]).items():
                for root in heirs.get(key, ()):
                    total[root] += done
    return total


@dataclass(frozen=True, slots=True)
class State:
    """How a line stands, in words with a colour."""

    code: str
    words: str
    colour: str


STATES = {
    one.code: one
    for one in (
        State("done", "сделано", "done"), State("under_way", "идёт", "soon"), State("late", "просрочено", "late"),
        State("ahead", "впереди", "neutral"), State("dropped", "снято", "neutral"),
    )
}  # fmt: skip


def state_of(item: PlanItem, done: Done, today: date) -> State:
    """Taken off; done once its term is over and something is logged; late when nothing is."""
    if item.is_dropped:
        return STATES["dropped"]
    if done.entries:
        return STATES["done" if item.ends_on <= today else "under_way"]
    if item.ends_on < today:
        return STATES["late"]
    return STATES["ahead" if item.starts_on > today else "under_way"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Lines of plans by state; `planned` leaves out what was taken off."""

    planned: int
    done: int
    under_way: int
    late: int
    ahead: int
    dropped: int

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.planned) if self.planned else 0


def progress_of(items: Iterable[PlanItem], today: date) -> Progress:
    """How a set of lines stands on a day."""
    rows = list(items)
    done = done_of(one.pk for one in rows)
    counted: dict[str, int] = defaultdict(int)
    for one in rows:
        counted[state_of(one, done[one.pk], today).code] += 1
    return Progress(
        planned=len(rows) - counted["dropped"], done=counted["done"], under_way=counted["under_way"],
        late=counted["late"], ahead=counted["ahead"], dropped=counted["dropped"],
    )  # fmt: skip
