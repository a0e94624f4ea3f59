"""How often a material was used. The log stands above this room and fills `counts_use`; nothing is typed twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Use:
    """How many entries of the log name a material, and the day of the last of them."""

    entries: int = 0
    last_on: date | None = None

    def __add__(self, other: Use) -> Use:
        days = [day for day in (self.last_on, other.last_on) if day]
        return Use(self.entries + other.entries, max(days, default=None))


Counter = Callable[[Collection[int]], Mapping[int, tuple[int, date]]]
_COUNTERS: list[Counter] = []


def counts_use(counter: Counter) -> Counter:
    """Register a counter: keys of materials -> (entries, last day); called once at start by a room above."""
    _COUNTERS.append(counter)
    return counter


def uses_of(keys: Collection[int]) -> dict[int, Use]:
    """The use of each material, by its key; one query a counter."""
    found = dict.fromkeys(keys, Use())
    for counter in _COUNTERS:
        for key, counted in counter(keys).items():
            if key in found:
                found[key] += Use(*counted)
    return found
