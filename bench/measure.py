"""Server time of one deed, repeated, and the number of its queries."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

WARM_UP = 4


@dataclass(frozen=True)
class Deed:
    """One row of the table. `run` does the thing once with an object of its own; `goal` is p95 in milliseconds."""

    title: str
    run: Callable[[], object]
    goal: float | None = None
    bare: str = ""  # the row that this one is compared with
    warm_up: int = WARM_UP


@dataclass(frozen=True)
class Result:
    deed: Deed
    times: list[float]  # milliseconds of the clock, sorted
    work: list[float]  # milliseconds of the processor, sorted: what a busy machine does not blur
    queries: int
    error: str = ""

    @property
    def p50(self) -> float:
        return percentile(self.times, 0.50)

    @property
    def p95(self) -> float:
        return percentile(self.times, 0.95)

    @property
    def cpu(self) -> float:
        return percentile(self.work, 0.50)

    @property
    def verdict(self) -> str:
        if self.error:
            return f"FAILED: {self.error}"
        if self.deed.goal is None:
            return ""
        return "ok" if self.p95 < self.deed.goal else "over"


def percentile(ordered: list[float], share: float) -> float:
    """The nearest-rank percentile of sorted values."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


def measure(deed: Deed, runs: int) -> Result:
    """Warm up, count the queries of one run, then time the others. An error becomes a row that says so."""
    try:
        for _ in range(deed.warm_up):
            deed.run()
        with CaptureQueriesContext(connection) as captured:
            deed.run()
        queries = len(captured)  # now: the next request empties the log
        times, work = [], []
        for _ in range(runs):
            clock, processor = time.perf_counter(), time.process_time()
            deed.run()
            times.append((time.perf_counter() - clock) * 1000)
            work.append((time.process_time() - processor) * 1000)
    except Exception as error:
        return Result(deed, [], [], 0, f"{type(error).__name__}: {error}"[:160])
    return Result(deed, sorted(times), sorted(work), queries)
