"""`python -m tests.trust.erasing`: nothing identifying is left of a destroyed card in the raw database and the files.

One child goes through the whole path by the services, every text field of its rows gets a word of its own, two people
destroy the card, and the bytes of the place are searched. Then a copy made before the destruction is put back, the
list of erasures is carried out again, and the bytes are searched once more. Numbers, chains and codes must stay.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests import postgres

FIRST_NAME = "Семён"  # nobody else of that commission is called so
BORN = date(1997, 3, 7)


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
    with tempfile.TemporaryDirectory(prefix="opora-erasing-") as home:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "opora.config.settings.demo", "OPORA_HOME": home, "OPORA_SECRET_KEY": "proof",
            "OPORA_MASTER_KEYS": "", "OPORA_MASTER_KEYS_FILE": f"{home}/master.keys", "OPORA_FILES": f"{home}/files",
            "OPORA_DATABASE_URL": url or f"sqlite:///{home}/opora.sqlite3",
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.trust.erasing", "--here"]
        code = subprocess.run(command, env=environment, check=False).returncode
    print(f"{name}: {'held' if code == 0 else 'BROKEN'}", flush=True)
    return code


def _here() -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from opora.foundation.organisations.scope import beyond_walls

    call_command("migrate", verbosity=0)
    with beyond_walls():
        house, child = told()
        words = [*marked(house, child), *names_of(child)]
        before, copied = stays(house), _copied()
        seen_before = found(words)
        destroyed(house, child)
        left, after = found(words), stays(house)
        broken = faults_of(house)
        again: list[str] = []
        if connection.vendor == "sqlite":
            _put_back(copied)
            back = found(words)
            replayed()
            again = found(words)
            print(f"words that the restored copy brought back: {len(back)}, left after the replay: {len(again)}")
            broken += [] if back else ["the restored copy brought nothing back: the drill proves nothing"]
        missing = [word for word in names_of(child)[:1] if word not in seen_before]
    print(
        f"words planted: {len(words)}; seen in the clear before: {len(seen_before)}; left: {len(left)} {left[:5]}; "
        f"codes and numbers changed: {before != after}; faults of registers: {len(broken)}"
    )
    return 1 if left or again or missing or before != after or broken else 0


def told() -> tuple[Any, Any]:
    """A commission as in the matrix of rights; the child with a signed conclusion and answered requests."""
    from opora.commission.attestation.models import AttestationConclusion
    from opora.commission.cases.flow import Status
    from opora.commission.cases.models import Case
    from opora.foundation.organisations.scope import within
    from opora.people.children.search import name_index
    from opora.people.disclosures.models import Disclosure
    from opora.people.retention.models import LegalHold
    from opora.people.retention.services import hold_release
    from tests import cast as people
    from tests.permissions.house import found as house_found

    school = people.organisation("school", "Школа № 7", works_here=False)
    house = house_found(
        people.organisation("territorial_commission", "ПМПК Заречного района"), "own-", "Сокровищев", school
    )
    child = house.cases[Status.SIGNED].child
    name_index(child)
    with within(house.place):
        for hold in LegalHold.objects.filter(child=child):
            hold_release(actor=house.actor(house.boris), hold=hold, reason="Суд закончен")
    Case.objects.filter(child=child).update(status=Status.HANDED, finished_on=house.today)
    AttestationConclusion.objects.filter(case__child=child).update(valid_until=house.today - timedelta(days=1))
    Disclosure.objects.filter(child=child, state__in=("received", "decided")).update(state="annulled")
    return house, child


def marked(house: Any, child: Any) -> list[str]:
    """A word in every text of every row of the child that an erasure clears; papers and journals have their own."""
    from django.db import models

    from opora.commission.conclusions.models import Conclusion
    from opora.foundation.registers.models import Entry, Snapshot
    from opora.people.children.models import Child, Guardian
    from opora.people.clearing import person_models, rows_of

    from .canaries import word

    words: list[str] = []
    models_of_rows = [(one, rows_of(one, house.place, child.public_id)) for one in person_models()]
    models_of_rows.append((Guardian, Guardian.objects.filter(guardianships__child=child)))
    for model, rows in models_of_rows:
        if model in (Entry, Snapshot):
            continue
        for row in rows:
            changed = {}
            for name, value in model.cleared_on_erasure.items():
                field = model._meta.get_field(name)
                if isinstance(field, models.FileField) or value not in ("", {}):
                    continue
                mark = word()
                changed[name] = mark if value == "" else {"mark": mark}
                words.append(mark)
            for name, new in changed.items():
                setattr(row, name, new)
            if changed:
                row.save(update_fields=list(changed))
    Child.objects.filter(pk=child.pk).update(birth_date=BORN, first_name=FIRST_NAME)
    Conclusion.objects.filter(case__child=child).update(term_on=BORN + timedelta(days=7000))
    return words


def names_of(child: Any) -> list[str]:
    """The child's own name as it is written in papers, in the search index, in JSON, and the birth date."""
    escaped = FIRST_NAME.encode("ascii", "backslashreplace").decode()
    return [FIRST_NAME, FIRST_NAME.lower().replace("ё", "е"), escaped, BORN.isoformat(), f"{BORN:%d.%m.%Y}"]


def found(words: list[str]) -> list[str]:
    """Which of the words stand in the bytes of the database and of the files."""
    from .at_rest import disk, kept_files

    stored = [disk(), *kept_files()]
    return [word for word in words if any(word.encode() in data for data in stored)]


def stays(house: Any) -> dict[str, Any]:
    """What statistics and journals count: numbers without a gap, codes, states."""
    from opora.commission.cases.models import Case
    from opora.commission.conclusions.models import Conclusion
    from opora.foundation.registers.models import Entry

    of = {"organisation": house.place}
    lines = Entry.objects.filter(**of).exclude(series__code__in=("destruction", "withdrawal"))
    codes = Conclusion.objects.filter(**of).values_list("programme_code", "state", "has_limitations")
    return {
        "lines": sorted(lines.values_list("series__code", "line", "number", "digest")),
        "cases": sorted(Case.objects.filter(**of).values_list("number", "year", "status")),
        "codes": sorted(Counter(codes).items(), key=str),
    }


def destroyed(house: Any, child: Any) -> Any:
    """Анна proposes, Борис destroys."""
    from opora.foundation.organisations.scope import within
    from opora.people.retention import services

    with within(house.place):
        order = services.destruction_propose(actor=house.actor(house.anna), child=child, reason="term")
        return services.destruction_confirm(actor=house.actor(house.boris), order=order)


def faults_of(house: Any) -> list[Any]:
    from opora.foundation.registers.services import faults

    return list(faults(house.place))


def _copied() -> Path:
    """The database and the files as a backup would keep them."""
    from django.conf import settings
    from django.db import connection

    folder = Path(tempfile.mkdtemp(prefix="opora-copy-", dir=Path(settings.HOME).parent))
    if connection.vendor == "sqlite":
        with sqlite3.connect(folder / "copy.sqlite3") as target:
            connection.ensure_connection()
            connection.connection.backup(target)
    shutil.copytree(settings.FILES_ROOT, folder / "files")
    return folder


def _put_back(folder: Path) -> None:
    from django.conf import settings
    from django.db import connection

    from opora.foundation.vault import keyring

    connection.close()
    database = Path(settings.DATABASES["default"]["NAME"])
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()
    shutil.copy(folder / "copy.sqlite3", database)
    shutil.rmtree(settings.FILES_ROOT)
    shutil.copytree(folder / "files", settings.FILES_ROOT)
    shutil.rmtree(folder)
    keyring.forget()


def replayed() -> None:
    """What a restore does at its end."""
    from opora.foundation.registers.erasures import erasures_replay, home_log, read

    result = erasures_replay(read(home_log()))
    print(f"erasures carried out again: {result.done}, impossible: {len(result.impossible)}")


if __name__ == "__main__":
    sys.exit(main())
