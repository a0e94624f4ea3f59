"""`python -m bench`: build a full-sized commission in a database of its own, measure, print one table.

The database is a temporary SQLite file, or the empty one of `OPORA_DATABASE_URL`. The exit code tells of pages that
failed; a goal that is missed is only noted.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from pathlib import Path


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as home:
        Path(home, "static").mkdir()
        os.environ |= {"OPORA_HOME": home, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        import django

        django.setup()
        from opora.foundation.organisations.scope import beyond_walls

        try:
            with beyond_walls():  # the commission is built from above; its pages are asked for inside their walls
                return _run(options)
        finally:
            django.db.connections.close_all()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Times, query counts and ratios.")
    parser.add_argument("--children", type=int, default=10_000)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=60, help="timed runs of each row")
    parser.add_argument("--only", default="", help="measure the rows whose title holds this text")
    parser.add_argument("--quick", action="store_true", help="a small commission: for trying the benchmark itself")
    options = parser.parse_args()
    if options.quick:
        options.children, options.cases, options.runs = 700, 1_400, 10
    return options


def _run(options: argparse.Namespace) -> int:
    from django.core.management import call_command

    from .data import BenchError, build_world
    from .measure import Result, measure
    from .pages import BARE_CASES, BARE_CHILDREN, Day
    from .table import table

    call_command("migrate", verbosity=0)
    _say(f"Building {options.children:,} children and {options.cases:,} cases…")
    try:
        world = build_world(options.children, options.cases)
    except BenchError as error:
        _say(f"Not measured: {error}")
        return 2
    _say(f"{sum(world.rows.values()):,} rows in {world.seconds:.0f} s; all registers verified.")
    deeds = Day(world.staff).deeds()
    chosen = [deed for deed in deeds if options.only in deed.title or deed.title in (BARE_CASES, BARE_CHILDREN)]
    started, results = time.perf_counter(), list[Result]()
    for deed in chosen:
        results.append(measure(deed, options.runs))
        _say(f"{len(results)}/{len(chosen)} {deed.title}")
    _say(f"\n{_where()}; {options.runs} runs of each row in {time.perf_counter() - started:.0f} s\n")
    print(table(results))
    return 1 if any(result.error for result in results) else 0


def _where() -> str:
    import django
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    busy = "; the machine is busy with other work, so read «cpu ms»" if load > cores + 0.5 else ""
    return (
        f"Python {platform.python_version()}, Django {django.__version__}, {connection.display_name} {version}, "
        f"{cores} cores, load {load:.1f}{busy}"
    )


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
