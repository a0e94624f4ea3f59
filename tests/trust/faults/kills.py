"""Kill -9 while people write: nothing acknowledged is lost, nothing is half done."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from .clients import Budget, Person, post
from .place import Place

CLIENTS = 4
PRINTED = 120.0  # seconds in which what was ordered must be made
SETTLED = 45.0  # seconds in which everybody must be served again


@dataclass
class Figures:
    """`lost` are acknowledged writes that are not there, `half` rows that stand without their counterpart."""

    database: str
    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    recoveries: list[float] = field(default_factory=list)
    orders: int = 0
    printed: int = 0
    retries: int = 0
    pages: int = 0
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        return not (self.lost or self.half or self.problems) and self.printed >= self.orders

    def told(self) -> str:
        kinds = ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items()))
        middle = statistics.median(self.recoveries) if self.recoveries else 0.0
        return (
            f"{self.database:<11} kills {self.kills.total():>3} ({kinds}); acknowledged {self.acknowledged}; "
            f"lost {len(self.lost)}; half-done {len(self.half)}; "
            f"long prints ordered {self.orders}, made {self.printed}; everybody served again after p50 {middle:.1f} s, "
            f"max {max(self.recoveries, default=0):.1f} s; repeated {self.retries}, told by a page {self.pages}; "
            f"{self.acknowledged / max(self.seconds, 0.1):.0f} writes/s, {self.seconds:.0f} s"
        )


def run(database: str, *, writes: int, kills: int, clients: int = CLIENTS) -> Figures:
    figures = Figures(database)
    with Place(database) as place:
        world = place.made(children=writes // 10 + clients)
        place.open()
        place.supervise()
        begun = time.monotonic()
        people, budget = _people(place, world, writes, clients)
        for person in people:
            person.start()
        _kill_in_between(place, world, people, budget, writes, kills, figures)
        for person in people:
            person.join(timeout=300)
        figures.seconds = time.monotonic() - begun
        _take_up(figures, people, budget)
        place.wait_open()
        _compare(figures, people, _prints(place, figures))
    return figures


def _people(place: Place, world: dict[str, Any], writes: int, clients: int) -> tuple[list[Person], Budget]:
    budget = Budget(writes)
    people = [
        Person(
            number, place.port, world, budget, world["children"][number::clients], world["sections"][number::clients]
        )
        for number in range(clients)
    ]
    return people, budget


def _targets(place: Place) -> list[tuple[str, Any]]:
    """What is killed, in turn. On SQLite the database is a part of the server: killing that is killing both."""
    server = [
        ("server process", place.server.kill_one),
        ("server with all its processes", place.server.kill_all),
        ("worker", place.worker.kill),
        ("server parent alone", place.server.kill),
    ]
    if place.postgres is None:
        return server
    return [
        server[0], ("database backend", place.postgres.kill_one), server[1],
        ("database server", place.postgres.kill_all), server[2], server[3],
    ]  # fmt: skip


def _kill_in_between(
    place: Place, world: dict[str, Any], people: list[Person], budget: Budget, writes: int, kills: int, figures: Figures
) -> None:
    targets = _targets(place)
    for turn in range(kills):
        while budget.acknowledged < writes * (turn + 0.5) / kills and any(one.is_alive() for one in people):
            time.sleep(0.01)
        name, kill = targets[turn % len(targets)]
        if name == "worker":
            _order(place, world, figures)
        until = time.monotonic() + SETTLED
        while not kill() and time.monotonic() < until:
            time.sleep(0.05)  # it is just being started again
        figures.kills[name] += 1
        killed = time.monotonic()
        while any(one.is_alive() and one.served < killed for one in people):
            if time.monotonic() - killed > SETTLED:
                figures.problems.append(f"not served {SETTLED:.0f} s after the kill of the {name}")
                break
            time.sleep(0.01)
        figures.recoveries.append(time.monotonic() - killed)


def _order(place: Place, world: dict[str, Any], figures: Figures) -> None:
    """Order a long print and let the worker begin it."""
    today = world["application"]["on"]
    until = time.monotonic() + SETTLED
    while time.monotonic() < until:
        with suppress(OSError):
            path = "/journals/booking/order/"
            answer = post(place.port, path, world["registrar"], {"since": today, "until": today}, plain=True)
            if answer.status == 302 and "/prints/" in str(answer.headers):
                figures.orders += 1
                time.sleep(0.7)
                return
        time.sleep(0.1)
    figures.problems.append("a print could not be ordered")


def _prints(place: Place, figures: Figures) -> dict[str, Any]:
    """What stands at the end, once the worker has made all that was ordered."""
    until = time.monotonic() + PRINTED
    while True:
        counted: dict[str, Any] = place.script("counted")
        ready = [state for state in counted["prints"].values() if state == "ready"]
        if len(ready) >= figures.orders or time.monotonic() > until:
            figures.printed = len(ready)
            return counted
        time.sleep(2)


def _take_up(figures: Figures, people: list[Person], budget: Budget) -> None:
    figures.acknowledged = budget.acknowledged
    figures.retries = sum(one.retries for one in people)
    figures.pages = sum(one.pages for one in people)
    figures.problems += [problem for one in people for problem in one.problems]
    figures.problems += [f"client {one.number} hangs" for one in people if one.is_alive()]


def _compare(figures: Figures, people: list[Person], counted: dict[str, Any]) -> None:
    by_child = Counter(counted["cases"].values())
    for person in people:
        for section, text in person.texts.items():
            stands = counted["sections"].get(section)
            if stands != [person.versions[section], text]:
                figures.lost.append(f"section {section}: {stands} instead of version {person.versions[section]}")
        for child, location in person.registered.items():
            if by_child[child] != 1:
                figures.lost.append(f"child {child}: {by_child[child]} cases")
            if counted["forms"].get(f"key-{child}") != location:
                figures.lost.append(f"child {child}: the form leads elsewhere")
    cases = Counter(counted["cases"].keys())
    for name in ("entries", "events", "applications"):
        if Counter(counted[name]) != cases:
            figures.half.append(f"{name} and cases differ: {len(counted[name])} and {len(cases)}")
    figures.half += [f"a form without its result: {key}" for key, location in counted["forms"].items() if not location]
    figures.half += counted["faults"]
    if counted["without_papers"]:
        figures.half.append(f"applications without papers: {counted['without_papers']}")
