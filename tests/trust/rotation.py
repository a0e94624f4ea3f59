"""`python -m tests.trust.rotation`: the master key is changed again and again while people write and read.

Four threads work as requests do, each with a keyring and a transaction of its own: a new child, a text changed, all
texts of a child read. Meanwhile the master key is rotated and the former one retired. Nothing may fail, nothing may
read wrong, and at the end only the last master key is left.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests import postgres

THREADS, SECONDS, ROTATIONS = 4, 20.0, 8
REST = 0.002  # seconds between two requests of a thread


@dataclass
class Figures:
    """What happened. `written` maps a diagnosis to the text that was acknowledged last."""

    rotations: int = 0
    retired: int = 0
    deeds: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    written: dict[int, str] = field(default_factory=dict)
    wrong: int = 0
    masters: int = 0

    @property
    def held(self) -> bool:
        enough = self.rotations and self.retired == self.rotations and self.deeds["read"] and self.deeds["new"]
        return bool(enough) and not self.failures and not self.wrong and self.masters == 1

    def __str__(self) -> str:
        deeds = ", ".join(f"{name} {count}" for name, count in sorted(self.deeds.items()))
        return (
            f"rotations: {self.rotations}; former keys retired: {self.retired}; deeds meanwhile: {deeds}; "
            f"failures: {len(self.failures)}; texts read wrong afterwards: {self.wrong} of {len(self.written)}; "
            f"master keys left: {self.masters}"
        )


def rotate_under_load(
    place: Any, *, seconds: float, rotations: int, threads: int = THREADS, rest: float = REST
) -> Figures:
    """Do it on the present database; `place` is an organisation."""
    figures, stop, lock = Figures(), threading.Event(), threading.Lock()
    crowd = [
        threading.Thread(target=_work, args=(place, number, figures, stop, lock, rest)) for number in range(threads)
    ]
    for one in crowd:
        one.start()
    try:
        _rotate(figures, seconds / rotations, rotations)
    finally:
        stop.set()
        for one in crowd:
            one.join()
    _read_all(place, figures)
    return figures


def _rotate(figures: Figures, pause: float, rotations: int) -> None:
    from opora.foundation.access.refusals import Refusal
    from opora.foundation.accounts.actors import SystemActor
    from opora.foundation.vault import masters
    from opora.foundation.vault.services import master_retire, master_rotate

    for _ in range(rotations):
        time.sleep(pause)
        former = masters.load().current
        master_rotate(actor=SystemActor())
        figures.rotations += 1
        for _ in range(10):
            try:
                master_retire(actor=SystemActor(), master_id=former)
            except Refusal as refused:  # a child came with a key of the former master: wrap that too
                if refused.code != "in_use":
                    raise
                master_rotate(actor=SystemActor(), new=False)
            else:
                figures.retired += 1
                break


def _work(place: Any, number: int, figures: Figures, stop: threading.Event, lock: Any, rest: float) -> None:
    from django.db import connections, transaction

    from opora.foundation.organisations.scope import within
    from opora.foundation.vault import keyring

    chance, mine = random.Random(number), list[int]()
    while not stop.is_set():
        deed = chance.choice(("new", "change", "read")) if mine else "new"
        try:
            with within(place), transaction.atomic():
                keyring.forget()
                told = _deed(place, deed, mine, chance)
        except Exception:
            with lock:
                figures.failures.append(traceback.format_exc())
            continue
        with lock:
            figures.deeds[deed] += 1
            for key, text in told.items():
                if deed == "read" and figures.written[key] != text:
                    figures.failures.append(f"read {text!r}")
                figures.written[key] = text
        if deed == "new":
            mine += told
        time.sleep(rest)
    connections.close_all()


def _deed(place: Any, deed: str, mine: list[int], chance: random.Random) -> dict[int, str]:
    """One request; the texts it left or saw, by the diagnosis."""
    from opora.people.children.models import Child, Diagnosis

    text = f"диагноз {chance.random()}"
    if deed == "new":
        child = Child.objects.create(
            organisation=place, last_name="Данилов", first_name="Миша", sex="male", birth_date=date(2020, 1, 15)
        )
        return {Diagnosis.objects.create(organisation=place, child=child, text=text, source=text).pk: text}
    row = Diagnosis.objects.get(pk=chance.choice(mine))
    if deed == "read":
        return {row.pk: row.text}
    row.text = text
    row.save()
    return {row.pk: text}


def _read_all(place: Any, figures: Figures) -> None:
    from opora.foundation.organisations.scope import within
    from opora.foundation.vault import keyring, masters
    from opora.people.children.models import Diagnosis

    keyring.forget()
    with within(place):
        rows = {row.pk: row.text for row in Diagnosis.objects.filter(organisation=place)}
    figures.wrong = sum(rows.get(key) != text for key, text in figures.written.items())
    figures.masters = len(masters.load().keys)


def main() -> int:
    """Run the proof on SQLite, and on PostgreSQL where there is one."""
    if "--here" in sys.argv:
        return _here()
    worst = _run("sqlite", "")
    if postgres.programs():
        with postgres.server() as url:
            worst |= _run("postgresql", url)
    return worst


def _run(name: str, url: str) -> int:
    with tempfile.TemporaryDirectory(prefix="opora-rotation-") as home:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "opora.config.settings.demo", "OPORA_HOME": home, "OPORA_SECRET_KEY": "proof",
            "OPORA_MASTER_KEYS": "", "OPORA_MASTER_KEYS_FILE": f"{home}/master.keys",
            "OPORA_DATABASE_URL": url or f"sqlite:///{home}/opora.sqlite3",
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.trust.rotation", "--here"]
        code = subprocess.run(command, env=environment, check=False).returncode
    print(f"{name}: {'held' if code == 0 else 'BROKEN'}", flush=True)
    return code


def _here() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from opora.foundation.organisations.models import Organisation

    call_command("migrate", verbosity=0)
    place = Organisation.objects.create(
        kind="territorial_commission", full_name="ТПМПК", short_name="ТПМПК", works_here=True
    )
    figures = rotate_under_load(place, seconds=SECONDS, rotations=ROTATIONS)
    print(figures)
    print(*figures.failures[:2], sep="\n")
    return 0 if figures.held else 1


if __name__ == "__main__":
    sys.exit(main())
