"""`python -m bench.school`: a school with 500 running programmes and 10,000 activities; a screening of 5,000 rows.

The pages of those who follow programmes, the programme as PDF, and the import of a table as the worker does it. The
database is a temporary SQLite file, or the empty one of `OPORA_DATABASE_URL`.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .measure import Deed
    from .pupils import School

PAGE, PDF, IMPORT = 60, 60, 10  # goals: p95 in milliseconds; seconds
BARE = "bare Django list: children"


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="opora-school-") as home:
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
    parser = argparse.ArgumentParser(prog="python -m bench.school", description="Following, papers, an import.")
    parser.add_argument("--programmes", type=int, default=500)
    parser.add_argument("--pupils", type=int, default=5_000, help="and rows of the screening")
    parser.add_argument("--runs", type=int, default=60, help="timed runs of each row")
    parser.add_argument("--only", default="", help="measure the rows whose title holds this text")
    return parser.parse_args()


def _run(options: argparse.Namespace) -> int:
    from django.core.management import call_command

    from .__main__ import _say, _where
    from .measure import measure
    from .pupils import build_school
    from .table import table

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    school = build_school(options.pupils, options.programmes)
    _say(f"{sum(school.written.values()):,} rows in {time.perf_counter() - started:.0f} s: {dict(school.written)}")
    chosen = [one for one in deeds(school) if options.only in one.title or one.title == BARE]
    results = []
    for deed in chosen:
        results.append(measure(deed, options.runs))
        _say(f"{len(results)}/{len(chosen)} {deed.title}")
    _say(f"\n{_where()}; {options.runs} runs of each row\n")
    print(table(results))
    within = imports(school) if options.only in "import" else True
    return 0 if within and not any(one.error for one in results) else 1


def deeds(school: School) -> list[Deed]:
    """The pages of a working day at a school, each with an object chosen at random."""
    from django.urls import reverse

    from opora.records.documents.rendering import render_pdf

    from .measure import Deed

    chance = random.Random(school.seed)
    chair, curator, specialist = (_signed_in(one) for one in (school.chair, school.curator, school.specialist))

    def page(client: Any, name: str, *args: str, **query: str) -> Callable[[], object]:
        return lambda: _answered(client.get(reverse(name, args=args), query))

    def of_one(client: Any, name: str, rows: Sequence[Any], *args: str) -> Callable[[], object]:
        return lambda: _answered(client.get(reverse(name, args=[chance.choice(rows).public_id, *args])))

    mine = [one for one in school.programmes if one.curator.user_id == school.curator.pk]
    contents = [one.snapshot.content for one in school.signed if one.snapshot]
    pages = {
        "board of the chair": page(chair, "programmes:board"),
        "board of the chair, page 30": page(chair, "programmes:board", page="30"),
        "board of the chair, late ones": page(chair, "programmes:board", what="late"),
        "board of a curator": page(curator, "programmes:board"),
        "board of a specialist": page(specialist, "programmes:board"),
        "own activities of a specialist": page(specialist, "programmes:mine"),
        "list of programmes": page(chair, "programmes:list"),
        "list of programmes, a curator": page(curator, "programmes:list"),
        "desk of the chair": page(chair, "desk"),
        "desk of a curator": page(curator, "desk"),
        "desk of a specialist": page(specialist, "desk"),
        "page of a programme": of_one(chair, "programmes:programme", school.programmes),
        "page of a programme, its curator": of_one(curator, "programmes:programme", mine),
        "sheet of a programme": of_one(chair, "programmes:draft", school.programmes),
        "marks of a programme": of_one(curator, "programmes:marks", mine),
        "observations of a programme": of_one(curator, "programmes:observations", mine),
        "results of a programme": of_one(chair, "programmes:ending", school.programmes),
    }
    return [
        Deed(BARE, page(chair, "bare_children")),
        *(Deed(title, run, PAGE, BARE) for title, run in pages.items()),
        Deed(
            "PDF of a programme, warm",
            lambda: render_pdf("support_programme", chance.choice(contents), timestamp=0), PDF, BARE,
        ),
        Deed(
            "PDF of a programme with marks: whole request",
            of_one(chair, "documents:programme_paper", school.programmes, "programme_progress"), None, BARE,
        ),
        Deed(
            "PDF of an approved programme: opened again",
            of_one(chair, "documents:programme_paper", school.signed[:3], "support_programme"), PDF, BARE,
        ),
    ]  # fmt: skip


def imports(school: School) -> bool:
    """A table of every pupil, and one whose every name is misspelt; True when both come within the goal."""
    from .__main__ import _say

    kinds = {
        "clean": [[one.name, one.room, "повышенное", "Тревожность выше нормы."] for one in school.roll],
        "other columns, wrong classes": [[one.name, "99Я", "обычное", ""] for one in school.roll],
        "misspelt, no class": [[_misspelt(one.name), "", "особое", ""] for one in school.roll],
    }
    within = True
    for title, rows in kinds.items():
        seconds, worked, told = _import(school, rows)
        within &= worked < IMPORT
        _say(f"import of {len(rows):,} rows, {title}: {seconds:.1f} s ({worked:.1f} s of the processor; {told})")
    print(f"goal of an import: {IMPORT} s; {'ok' if within else 'over'}")
    return within


def _import(school: School, rows: list[list[str]]) -> tuple[float, float, str]:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from opora.foundation.access.actors import actor_of
    from opora.school.signals import services
    from opora.school.signals.models import ScreeningImport
    from opora.school.signals.tasks import start

    today = timezone.localdate()
    actor = actor_of(school.specialist, on=today)
    upload = SimpleUploadedFile("screening.xlsx", _book(rows))
    began, worked = time.perf_counter(), time.process_time()
    table = services.table_bring(
        actor=actor, kind="testing", title="Тестирование", held_on=today, upload=upload, start=start
    )
    table = ScreeningImport.objects.get(pk=table.pk)
    told = f"{table.state}, read in {time.perf_counter() - began:.1f} s"
    known = sum(bool(one["child"]) for one in table.lines)
    offered = sum(bool(one["near"]) for one in table.lines)
    if known:
        services.table_confirm(actor=actor, table=table, choices={}, start=start)
        table = ScreeningImport.objects.get(pk=table.pk)
        told += f", written {table.done:,}"
    told += f", known {known:,}, to be picked {offered:,}"
    return time.perf_counter() - began, time.process_time() - worked, told


def _book(rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet()
    sheet.append(["Класс", "ФИО", "Что показало", "Уровень внимания"])
    for name, room, level, note in rows:
        sheet.append([room, name, note, level])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _misspelt(name: str) -> str:
    """Two neighbouring letters of the surname swapped."""
    return f"{name[0]}{name[2]}{name[1]}{name[3:]}"


def _signed_in(user: Any) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _answered(response: Any) -> Any:
    from .data import BenchError

    if response.status_code != 200:
        raise BenchError(f"answered {response.status_code} instead of 200")
    return response


if __name__ == "__main__":
    sys.exit(main())
