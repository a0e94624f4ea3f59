"""`python -m bench.replay`: 100,000 signed conclusions judged anew by today's rules, in two processes.

First the rules alone, on what signing froze and nothing else; then the whole `opora regulations replay` over a
database: rows read, opened with the keys of their children, judged, summed up. The database is a temporary SQLite
file, or the empty one of `OPORA_DATABASE_URL`.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

GOAL = 60.0  # seconds for 100,000 on two cores
KINDS = 400  # different conclusions; their children, dates and numbers are all different
SEED = 20261122
TODAY = date(2026, 11, 22)
Basis = dict[str, Any]


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="opora-replay-") as home:
        Path(home, "static").mkdir()
        os.environ |= {"OPORA_HOME": home, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        import django

        django.setup()
        kinds = make_kinds(KINDS, random.Random(SEED))
        seconds = _timed("the rules alone", options, lambda: pure(kinds, options.rows, options.workers))
        if not options.pure:
            seconds = _whole(options, kinds)
    per_hundred_thousand = seconds * 100_000 / options.rows
    print(f"100,000 would take {per_hundred_thousand:.1f} s; goal {GOAL:.0f} s")
    return 1 if per_hundred_thousand > GOAL else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.replay", description="Signed conclusions judged anew.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pure", action="store_true", help="the rules alone, no database")
    return parser.parse_args()


def _timed(what: str, options: argparse.Namespace, deed: Callable[[], object]) -> float:
    """Seconds that it takes; on a machine that is busy with other work, those that it would take without it."""
    started, worked = time.perf_counter(), _cpu()
    deed()
    seconds, cpu = time.perf_counter() - started, _cpu() - worked
    print(
        f"{what}: {options.rows:,} in {seconds:.1f} s, {options.workers} processes, {cpu:.1f} s of the processor, "
        f"{cpu / options.rows * 1000:.2f} ms each; load {os.getloadavg()[0]:.1f}"
    )
    busy = os.getloadavg()[0] > (os.cpu_count() or 1) + 0.5
    return cpu / options.workers if busy else seconds


def _cpu() -> float:
    mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def make_kinds(count: int, chance: random.Random) -> list[Basis]:
    """Conclusions as signing freezes them: facts of every group, answers, texts of the usual length, findings."""
    from opora.regulations.checks.checking import check
    from opora.regulations.checks.joining import Surroundings, subject_of
    from opora.regulations.checks.reading import basis_of
    from opora.regulations.checks.subject import Diagnosis, OwnView
    from opora.regulations.edition import edition
    from opora.regulations.facts.case import CaseFacts, Observation

    made = []
    for _ in range(count):
        law = edition(chance.choice(("2016", "2025")))
        on = date(2024, 1, 9) + timedelta(days=chance.randint(0, 900))
        born = on - timedelta(days=chance.randint(3 * 365, 16 * 365))
        values = _facts(law, chance)
        answers, texts = _answers(law, chance, on), _texts(chance)
        said = tuple(Observation(chance.choice(("psychologist", "defectologist")), *one, "") for one in values.items())
        around = Surroundings(
            observations=said,
            diagnoses=(Diagnosis("Расстройство развития", "F83", True),),
            views=(OwnView("psychologist", "Рекомендована программа, вариант 7.1."),),
            organisations=("Школа № 7",),
        )
        subject = subject_of(CaseFacts(law, values, born, on), answers, texts, around)
        made.append(basis_of(subject) | {"checks": sorted({one.code for one in check(subject)})})
    return made


def _facts(law: Any, chance: random.Random) -> dict[str, Any]:
    """About two dozen facts, half of them such as rules ask about."""
    from opora.regulations.facts.reading import definitions, value_read

    values = {}
    for fact in chance.sample([one for one in definitions(law) if one.kind in ("choice", "flag", "number")], 24):
        if fact.kind == "choice":
            given: Any = chance.choice(fact.choices).code
        elif fact.kind == "flag":
            given = chance.random() < 0.5
        else:
            given = round(chance.uniform(fact.minimum, fact.maximum), fact.decimals)
        value = value_read(fact, given)
        if value is not None:
            values[fact.code] = value
    return values


def _answers(law: Any, chance: random.Random, on: date) -> Basis:
    return {
        "has_limitations": True, "needs_conditions": True, "programme_code": chance.choice(law.variants).code,
        "individual_plan": False, "assistant_need": "not_needed", "tutor_need": "needed",
        "tutor_reason": "трудно удержать инструкцию в классе", "tutor_term": "adaptation_half_year",
        "reexamination_wording": "end_of_primary", "term_on": (on + timedelta(days=700)).isoformat(),
    }  # fmt: skip


def _texts(chance: random.Random) -> dict[str, str]:
    from opora.demo.profiles import PROFILES

    profile = chance.choice(PROFILES)
    findings = " ".join(text for sheet in profile.sheets.values() for text in sheet.values())
    return {
        "main_features": profile.features, "diagnoses": profile.diagnosis, "other_conditions": findings[:1500],
        **profile.conditions, **{f"direction_{code}": text for code, text in profile.directions.items()},
    }  # fmt: skip


def pure(kinds: list[Basis], rows: int, workers: int) -> int:
    """Judge so many in processes. Returns how many were judged."""
    piece = 2000
    sizes = [min(piece, rows - start) for start in range(0, rows, piece)]
    with ProcessPoolExecutor(workers) as pool:
        return sum(pool.map(_judge, ((kinds, size, number) for number, size in enumerate(sizes))))


def _judge(work: tuple[list[Basis], int, int]) -> int:
    from opora.regulations.door.replaying import Report, replay
    from opora.regulations.edition import edition_for

    kinds, size, number = work
    law, report = edition_for(TODAY), Report()
    for at in range(size):
        report.add(str(at), replay(law, kinds[(number + at) % len(kinds)]))
    return report.judged


def _whole(options: argparse.Namespace, kinds: list[Basis]) -> float:
    from django.core.management import call_command

    from opora.commission.conclusions.replaying import replay_all
    from opora.foundation.organisations.scope import beyond_walls

    call_command("migrate", verbosity=0)
    print(f"Writing {options.rows:,} signed conclusions…", file=sys.stderr)
    with beyond_walls():
        place = write(options.rows, kinds)
    report: Basis = {}

    def deed() -> None:
        report.update(replay_all(place, limit=0, workers=options.workers, on=TODAY))

    seconds = _timed("with the database", options, deed)
    print(f"judged {report['judged']:,}, the same {report['same']:,}, unreadable {report['unreadable']['count']:,}")
    assert report["judged"] == options.rows
    return seconds


def write(rows: int, kinds: list[Basis]) -> str:
    """A commission with so many signed conclusions, each of a child of its own. Returns its short name."""
    from django.db import transaction

    from opora.commission.cases.models import Case
    from opora.commission.conclusions.models import Conclusion
    from opora.demo.names import Names
    from opora.people.children.models import Child

    from .batch import Batch
    from .ids import fast_id
    from .staff import build_staff

    chance, batch = random.Random(SEED), Batch((Child, Case, Conclusion))
    with transaction.atomic():
        staff = build_staff(Names(chance, SEED), chance, 1)
    at = {"organisation": staff.organisation}
    for start in range(0, rows, 2000):
        with transaction.atomic():
            for number in range(start + 1, min(start + 2000, rows) + 1):
                basis = kinds[number % len(kinds)]
                child = Child(**at, public_id=fast_id(), last_name="Иванов", first_name="Иван", sex="male",
                              birth_date=date.fromisoformat(basis["born"]))  # fmt: skip
                case = Case(**at, public_id=fast_id(), child=child, number=number, year=2026, status="handed",
                            edition=basis["edition"], opened_on=TODAY, status_since=TODAY)  # fmt: skip
                conclusion = Conclusion(
                    **at, public_id=fast_id(), case=case, state="signed", number=number, protocol_number=number,
                    year=2026, signed_on=date.fromisoformat(basis["on"]), signed_by=staff.head, basis=basis,
                    programme_code=basis["programme"],
                )  # fmt: skip
                batch.add(child, case, conclusion)
            batch.flush()
    return staff.organisation.short_name


if __name__ == "__main__":
    sys.exit(main())
