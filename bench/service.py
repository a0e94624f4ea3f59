"""`python -m bench.service`: 1,500 pupils, a support service of twelve, 60,000 pieces of work logged in a year.

Desks, lists, a plan, a schedule, a card, passports, the analysis of the year and its PDF. The database is a
temporary SQLite file, or the empty one of `OPORA_DATABASE_URL`.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .measure import Deed
    from .year import Year

PAGE, PASSPORT, ANALYSIS, PDF = 60, 200, 2_000, 2_000  # goals: p95 in milliseconds
BARE = "bare Django list: children"


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="opora-service-") as home:
        Path(home, "static").mkdir()
        os.environ |= {"OPORA_HOME": home, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        import django

        django.setup()
        from opora.foundation.organisations.scope import beyond_walls

        try:
            with beyond_walls():  # the school is built from above; its pages are asked for inside their walls
                return _run(options)
        finally:
            django.db.connections.close_all()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.service", description="A year of a support service.")
    parser.add_argument("--pupils", type=int, default=1_500)
    parser.add_argument("--entries", type=int, default=60_000)
    parser.add_argument("--runs", type=int, default=40, help="timed runs of each row")
    parser.add_argument("--only", default="", help="measure the rows whose title holds this text")
    return parser.parse_args()


def _run(options: argparse.Namespace) -> int:
    from django.core.management import call_command

    from .__main__ import _say, _where
    from .measure import measure
    from .table import table
    from .year import build_year

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    year = build_year(options.pupils, options.entries)
    _say(f"{sum(year.written.values()):,} rows in {time.perf_counter() - started:.0f} s: {dict(year.written)}")
    gc.collect()
    gc.freeze()  # what building has left behind is no part of a page's time
    chosen = [one for one in deeds(year) if options.only in one.title or one.title == BARE]
    results = []
    for deed in chosen:
        results.append(measure(deed, options.runs))
        _say(f"{len(results)}/{len(chosen)} {deed.title}")
    _say(f"\n{_where()}; {options.runs} runs of each row\n")
    print(table(results))
    return 0 if not any(one.error for one in results) else 1


def deeds(year: Year) -> list[Deed]:
    """The pages of a working day of the service."""
    from django.urls import reverse

    from .measure import Deed
    from .school import _answered, _signed_in

    head, director, specialist, teacher = (
        _signed_in(one) for one in (year.head, year.director, year.specialist, year.teacher)
    )

    def page(client: Any, name: str, *args: str, **query: str) -> Callable[[], object]:
        return lambda: _answered(client.get(reverse(name, args=args), query))

    group, analysis = year.groups[0].public_id, year.analysis.public_id
    pages = {
        "desk of the head": page(head, "desk"),
        "desk of the director": page(director, "desk"),
        "desk of a specialist": page(specialist, "desk"),
        "desk of a class teacher": page(teacher, "desk"),
        "the day of a specialist": page(specialist, "worklog:day"),
        "journal of the service": page(head, "worklog:journal"),
        "journal of individual work": page(specialist, "worklog:individual"),
        "journal of groups": page(specialist, "worklog:groups"),
        "journal of consultations": page(head, "worklog:consultations"),
        "journal of diagnostics": page(head, "worklog:diagnostics"),
        "attendance of a group": page(specialist, "worklog:grid", group),
        "hours recommended and given": page(head, "worklog:hours"),
        "groups": page(head, "groups:list"),
        "a group": page(specialist, "groups:group", group),
        "schedules": page(head, "schedules:list"),
        "a schedule": page(specialist, "schedules:schedule", year.schedule.public_id),
        "plans": page(head, "plans:list"),
        "plans, a specialist": page(specialist, "plans:list"),
        "the plan of the year": page(head, "plans:plan", year.plan.public_id),
        "the plan of a month": page(specialist, "plans:plan", year.month.public_id),
        "materials": page(head, "materials:list"),
        "cards": page(head, "cards:list"),
        "a card": page(specialist, "cards:card", year.card.public_id),
        "contacts": page(head, "contacts:list"),
        "passports": page(head, "passports:list"),
        "leading the service": page(head, "leading:desk"),
        "coverage": page(head, "leading:coverage"),
    }
    return [
        Deed(BARE, page(head, "bare_children")),
        *(Deed(title, run, PAGE, BARE) for title, run in pages.items()),
        Deed("passport of the institution", page(head, "passports:passport", year.passport.public_id), PASSPORT, BARE),
        Deed("passport of a class", page(head, "passports:passport", year.class_passport.public_id), PASSPORT, BARE),
        Deed("analysis of the year", page(head, "analysis:analysis", analysis), ANALYSIS, BARE),
        Deed("analysis of the year, PDF", page(head, "documents:analysis_paper", analysis, "year_analysis"), PDF, BARE),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
