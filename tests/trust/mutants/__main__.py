"""`python -m tests.trust.mutants [--only NAME ...] [--jobs N] [--postgres]`: every broken guard is noticed by a test.

Works in copies in a temporary folder. First the named tests must pass as they are; then each fault is put in alone and
one of its tests must fail. `--only` takes names or their beginnings; `--postgres` makes PostgreSQL a must: without it,
faults that only PostgreSQL can show are left out, and said, where it is not installed.
"""

from __future__ import annotations

import argparse
import queue
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests.postgres import programs, server

from .catalogue import MUTANTS
from .mutant import REPOSITORY, Mutant, Stale
from .running import Copy, Told, Verdict, copied, copied_again, judged

WIDTH = max(len(one.name) for one in MUTANTS) + 2
LONGEST = 100  # signs of a test's name
ALL_AT_ONCE = 1800  # seconds for the run of all tests without a fault


def chosen(names: Sequence[str], *, with_postgresql: bool) -> list[Mutant]:
    wanted = [one for one in MUTANTS if not names or one.name.startswith(tuple(names))]
    return [one for one in wanted if with_postgresql or not one.on_postgresql]


def unmutated(copy: Copy, mutants: Sequence[Mutant], address: str) -> Told:
    """Run all named tests once as they are, on SQLite and on PostgreSQL."""
    whole = Told()
    for on_postgresql in (False, True):
        tests = sorted({test for one in mutants if one.on_postgresql is on_postgresql for test in one.tests})
        if tests:
            told = copy.run(tests, server=address if on_postgresql else "", at_once=False, patience=ALL_AT_ONCE)
            whole.outcomes |= told.outcomes
            whole.seconds += told.seconds
            whole.said = told.said
    return whole


def verdicts(first: Copy, mutants: Sequence[Mutant], jobs: int, address: str) -> Iterator[Verdict]:
    """Judge all mutants, `jobs` at a time, each worker in a copy of its own."""
    free: queue.SimpleQueue[Copy] = queue.SimpleQueue()
    for copy in [first, *(copied_again(first, number) for number in range(1, jobs))]:
        free.put(copy)

    def judge(mutant: Mutant) -> Verdict:
        copy = free.get()
        try:
            return judged(copy, mutant, address)
        finally:
            free.put(copy)

    with ThreadPoolExecutor(jobs) as workers:
        for done in as_completed([workers.submit(judge, one) for one in mutants]):
            yield done.result()


@contextmanager
def postgresql(needed: bool) -> Iterator[str]:
    with server() if needed else nullcontext("") as address:
        yield address


def all_judged(mutants: list[Mutant], jobs: int) -> list[Verdict]:
    """Everything in a temporary folder; each verdict is told as it comes."""
    with (
        tempfile.TemporaryDirectory(prefix="opora-mutants-") as folder,
        postgresql(any(one.on_postgresql for one in mutants)) as address,
    ):
        first = copied(REPOSITORY, Path(folder) / "copy")
        told = unmutated(first, mutants, address)
        print(f"unmutated: {len(told.outcomes)} tests in {told.seconds:.0f} s", flush=True)
        sound = [one for one in mutants if told.passes(one.tests)]
        found = [Verdict(one, trouble=f"not green unmutated: {_red(told, one)}") for one in mutants if one not in sound]
        if found:
            print(told.said)
        for verdict in found:
            tell(verdict)
        for verdict in verdicts(first, sound, jobs, address):
            tell(verdict)
            found.append(verdict)
    return found


def _red(told: Told, mutant: Mutant) -> str:
    return ", ".join(f"{test} {sorted(told.of(test))}" for test in mutant.tests if told.of(test) != {"passed"})


def tell(verdict: Verdict) -> None:
    told = verdict.by[:LONGEST] or verdict.trouble
    print(f"{verdict.mutant.name:<{WIDTH}}{verdict.seconds:>6.1f} s  {told}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.mutants", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    has_postgresql = programs() is not None
    if asked.postgres and not has_postgresql:
        print("PostgreSQL is not installed")
        return 1
    begun, mutants = time.monotonic(), chosen(asked.only, with_postgresql=has_postgresql)
    stale = []
    for one in mutants:
        try:
            one.applied(REPOSITORY)
        except Stale as behind:
            stale.append(str(behind))
    if stale or not mutants:
        print("\n".join(stale) or "no mutant of such a name")
        return 1
    found = all_judged(mutants, asked.jobs)
    caught = [one for one in found if one.by]
    survived = [one for one in found if one.trouble == "SURVIVED"]
    rest = len(found) - len(caught) - len(survived)
    left = "" if has_postgresql else f"; left out without PostgreSQL {sum(one.on_postgresql for one in MUTANTS)}"
    print(
        f"mutants: {len(found)}, caught {len(caught)}, survived {len(survived)}"
        + (f", not judged {rest}" if rest else "") + left + f"; {(time.monotonic() - begun) / 60:.1f} min"
    )  # fmt: skip
    return 0 if len(caught) == len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
