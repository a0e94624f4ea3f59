"""`opora evidence` and `opora verify`: seal the log, give it out, check it."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opora.foundation.organisations.models import Organisation

GOOD, BAD = 0, 1
NOBODYS = "-"  # events that belong to no organisation: failed sign-ins, the founding of the first one


def options(one: argparse.ArgumentParser) -> None:
    """The options of `opora evidence`."""
    one.add_argument(
        "what", choices=("key", "checkpoint", "export", "check"),
        help="key — показать открытый ключ; checkpoint — заверить новое; export — выгрузить; check — проверить базу",
    )  # fmt: skip
    one.add_argument(
        "--organisation",
        default="",
        help="краткое наименование; без него — все; «-» — события вне организаций",
    )
    one.add_argument("-o", "--output", type=Path, help="файл выгрузки")
    one.add_argument("--with-content", action="store_true", help="выгрузить и содержание записей журналов")


def run(asked: argparse.Namespace) -> int:
    """One of `key`, `checkpoint`, `export`, `check`; exit code 1 when something does not hold or cannot be done."""
    import django

    django.setup()
    from opora.foundation.access.refusals import Refusal
    from opora.foundation.evidence.keys import NoKey

    deeds: dict[str, Callable[[argparse.Namespace], int]] = {
        "key": _key, "checkpoint": _checkpoint, "export": _export, "check": _check,
    }  # fmt: skip
    try:
        return deeds[asked.what](asked)
    except (Refusal, NoKey, LookupError) as problem:
        print(problem.args[0] if isinstance(problem, LookupError) else problem)
        return BAD


def verify(asked: argparse.Namespace) -> int:
    """Check a file of evidence; the database is not touched."""
    from opora.verification.__main__ import run as check_file

    return check_file(asked)


def _key(asked: argparse.Namespace) -> int:
    from opora.foundation.evidence.keys import public_keys

    print("\n".join(public_keys()))
    return GOOD


def _places(asked: argparse.Namespace) -> list[Organisation | None]:
    """The organisation that was named, or all of them. Raises LookupError."""
    from opora.config.sealing import workplaces

    if asked.organisation == NOBODYS:
        return [None]
    found: list[Organisation | None] = [
        one for one in workplaces() if asked.organisation in ("", one.short_name, one.public_id)
    ]
    if not found:
        raise LookupError(f"Нет такой организации: {asked.organisation or 'ни одна ещё не заведена'}.")
    return found


def _inside(place: Organisation | None) -> AbstractContextManager[None]:
    from opora.foundation.organisations.scope import beyond_walls, within

    return within(place) if place else beyond_walls()


def _checkpoint(asked: argparse.Namespace) -> int:
    from opora.foundation.accounts.actors import SystemActor
    from opora.foundation.evidence.services import checkpoint_make, checkpoint_path

    for place in _places(asked):
        with _inside(place):
            made = checkpoint_make(actor=SystemActor(place))
        name = str(place or "Вне организаций")
        if made is None:
            print(f"{name}: нового нет")
        else:
            print(f"{name}: отметка № {made.number}, событий {made.count}; {checkpoint_path(place, made.number)}")
    return GOOD


def _export(asked: argparse.Namespace) -> int:
    from opora.foundation.accounts.actors import SystemActor
    from opora.foundation.evidence.services import evidence_export

    places = _places(asked)
    if len(places) > 1 or asked.output is None:
        print("Назовите организацию (--organisation) и файл (-o).")
        return BAD
    begun = asked.output.with_name(asked.output.name + ".part")
    handle = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with _inside(places[0]), os.fdopen(handle, "w", encoding="utf-8") as file:
        for line in evidence_export(actor=SystemActor(places[0]), with_content=asked.with_content):
            file.write(line)
    begun.replace(asked.output)
    print(f"Записано: {asked.output}")
    return GOOD


def _check(asked: argparse.Namespace) -> int:
    """Check the living database, organisation by organisation."""
    from opora.foundation.evidence.services import database_verify
    from opora.verification.report import told

    bad = 0
    for place in _places(asked):
        started = time.perf_counter()
        with _inside(place):
            report = database_verify(place, tell=_tell)
        report.organisation = place.full_name if place else "вне организаций"
        print("\n".join(told(report, time.perf_counter() - started)))
        bad += not report.good
    return BAD if bad else GOOD


def _tell(done: int) -> None:
    if sys.stdout.isatty():
        print(f"\rпроверено строк: {done}", end="\r", flush=True)
