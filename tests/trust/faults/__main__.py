"""`python -m tests.trust.faults [--writes 10000] [--kills 50] [--only kills|disk|database|clock|restart]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable

from tests.postgres import programs

from . import kills, passing
from .passing import Observed


def _kills(asked: argparse.Namespace) -> bool:
    good = True
    for database in _databases():
        figures = kills.run(database, writes=asked.writes, kills=asked.kills)
        print(figures.told(), flush=True)
        for line in [*figures.lost, *figures.half, *figures.problems][:20]:
            print("   ", line)
        good &= figures.good and figures.acknowledged == asked.writes
    return good


def _databases() -> list[str]:
    return ["sqlite", "postgresql"] if programs() else ["sqlite"]


def _told(name: str, seen: Observed | None) -> bool:
    if seen is None:
        print(f"{name:<28} skipped: this machine does not let it be tried")
        return True
    print(f"{name:<28} {'as promised' if not seen.wrong else 'NOT as promised'} {'; '.join(seen.figures)}", flush=True)
    for line in seen.wrong:
        print("   ", line)
    return not seen.wrong


def _every(results: Iterable[bool]) -> bool:
    """Like `all`, but the rest is tried too after a failure."""
    return min(list(results), default=True)


def _clock(_: argparse.Namespace) -> bool:
    return _every(_told(f"clock a day back, {one}", passing.clock_back(one)) for one in _databases())


def _restart(_: argparse.Namespace) -> bool:
    return _every(_told(f"restart, {one}", passing.server_restart(one)) for one in _databases())


PROOFS: dict[str, Callable[[argparse.Namespace], bool]] = {
    "restart": _restart,
    "disk": lambda _: _told("disk full", passing.disk_full()),
    "database": lambda _: _told("database gone and back", passing.database_away() if programs() else None),
    "clock": _clock,
    "kills": _kills,
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tests.trust.faults")
    parser.add_argument("--writes", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--only", choices=PROOFS, nargs="*", default=list(PROOFS))
    asked = parser.parse_args(arguments)
    return 0 if _every(PROOFS[name](asked) for name in asked.only) else 1


if __name__ == "__main__":
    sys.exit(main())
