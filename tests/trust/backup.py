"""`python -m tests.trust.backup`: a backup while people write, changed in many ways, and restored elsewhere.

Promised: the restored place is one moment of the first, its registers are the same to the byte, a file that was
issued is there with its hash, and an archive with one flipped byte is refused before anything is written.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from opora.config.backup.archive import Reader
from opora.config.backup.keys import KeyRing, NoKey
from opora.config.backup.sealing import Broken
from tests.postgres import programs
from tests.trust.faults.clients import Budget, Person
from tests.trust.faults.passing import Observed
from tests.trust.faults.place import Place

CANARIES = ("Сотый", "Данилов", "Трудности")


def restored(database: str, *, writes: int = 600, flips: int = 500) -> Observed:
    """One whole drill on one kind of database."""
    seen = Observed()
    with Place(database) as first:
        world = first.made(children=24)
        first.open(worker=False)
        archive = first.root / "opora.backup"
        _back_up_while_people_write(seen, first, world, archive, writes)
        _is_sealed(seen, archive, first.home / "backup.key", flips)
        with _empty_place(first) as second:
            _restore(seen, first, second, archive)
    return seen


def _back_up_while_people_write(
    seen: Observed, place: Place, world: dict[str, Any], archive: Path, writes: int
) -> None:
    budget = Budget(writes)
    people = [
        Person(number, place.port, world, budget, world["children"][number::2], world["sections"][number::2])
        for number in range(2)
    ]
    for person in people:
        person.start()
    while budget.acknowledged < writes // 3:
        time.sleep(0.02)
    begun, before = time.monotonic(), budget.acknowledged
    told = place.opora("backup", "-o", str(archive))
    seconds, during = time.monotonic() - begun, budget.acknowledged - before
    for person in people:
        person.join(timeout=120)
        seen.wrong += person.problems
    seen.expect(told.returncode == 0, f"backup: {told.stdout[-500:]}{told.stderr[-500:]}")
    seen.expect("master.keys" in told.stdout, "nothing says that the master keys are not inside")
    seen.figures.append(
        f"{archive.stat().st_size // 1024} KB in {seconds:.1f} s with {during} writes meanwhile"
    )  # fmt: skip
    again = place.opora("backup", "-o", str(archive))
    seen.expect(again.returncode == 1 and "уже есть" in again.stdout, "a backup was written over")


def _is_sealed(seen: Observed, archive: Path, key: Path, flips: int) -> None:
    whole, ring = archive.read_bytes(), KeyRing(key)
    seen.expect(stat.S_IMODE(archive.stat().st_mode) == 0o600, "others may read the archive")
    seen.expect(not any(word.encode() in whole for word in CANARIES), "a name stands in the archive in the clear")
    dice, opened = random.Random(20261121), 0
    changed = archive.with_name("changed.backup")
    for _ in range(flips):
        data = bytearray(whole)
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        changed.write_bytes(data)
        opened += _opens(changed, ring)
    seen.expect(opened == 0, f"{opened} changed archives were opened")
    seen.expect(_opens(archive, ring), "the archive itself does not open")
    seen.figures.append(f"{flips} archives with one flipped bit: {opened} opened")


def _opens(path: Path, ring: KeyRing) -> bool:
    try:
        with path.open("rb") as file:
            for _ in Reader(file, ring):
                pass
    except (Broken, NoKey):
        return False
    return True


def _empty_place(first: Place) -> Place:
    """Another folder; on PostgreSQL another database of the same server."""
    second = Place("sqlite")
    second.database_kind = first.database_kind
    if first.postgres:
        psql = [str(first.postgres.folder / "psql"), "-q", "-h", "127.0.0.1", "-p", str(first.postgres.port)]
        subprocess.run([*psql, "-U", "opora", "-d", "postgres", "-c", "CREATE DATABASE restored"], check=True)
        second.environment["OPORA_DATABASE_URL"] = first.postgres.url.rpartition("/")[0] + "/restored"
    return second


def _restore(seen: Observed, first: Place, second: Place, archive: Path) -> None:
    keyless = second.opora("restore", str(archive), "--into", str(second.home))
    seen.expect(keyless.returncode == 1 and "Нет ключа" in keyless.stdout, f"restored without a key: {keyless.stdout}")
    second.home.mkdir(exist_ok=True)
    shutil.copy2(first.home / "backup.key", second.home / "backup.key")
    masterless = second.opora("restore", str(archive), "--into", str(second.home))
    seen.expect(
        masterless.returncode == 1 and "Нет главных ключей" in masterless.stdout,
        f"restored without master keys: {masterless.stdout}",
    )
    for name in ("master.keys", "signing.key"):
        shutil.copy2(first.home / name, second.home / name)
    damaged = archive.with_name("changed.backup")
    refused = second.opora("restore", str(damaged), "--into", str(second.home))
    seen.expect(refused.returncode == 1, f"a changed archive was restored: {refused.stdout}")
    seen.expect(not (second.home / "opora.sqlite3").exists(), "a changed archive has left a database behind")
    begun = time.monotonic()
    told = second.opora("restore", str(archive), "--into", str(second.home))
    seen.expect(told.returncode == 0, f"restore: {told.stdout[-2500:]}{told.stderr[-2500:]}")
    seen.figures.append(f"restored and checked in {time.monotonic() - begun:.1f} s")
    manifest = _manifest(archive, first.home / "backup.key")
    counted = second.script("counted")
    cases = sorted(counted["cases"])
    for name in ("entries", "events", "applications"):
        seen.expect(sorted(counted[name]) == cases, f"not one moment: {name} and cases differ")
    seen.expect(not counted["faults"], f"journals: {counted['faults']}")
    _same_registers(seen, first, second, manifest)
    _files_are_there(seen, first, second, manifest)
    second_time = second.opora("restore", str(archive), "--into", str(second.home))
    seen.expect(
        second_time.returncode == 1 and "пустое место" in second_time.stdout, "restored into a place that is not empty"
    )
    checked = second.opora("restore", str(archive), "--check-only")
    seen.expect(checked.returncode == 0 and "Копия цела" in checked.stdout, f"--check-only: {checked.stdout}")


def _manifest(archive: Path, key: Path) -> dict[str, Any]:
    with archive.open("rb") as file:
        reader = Reader(file, KeyRing(key))
        for _ in reader:
            pass
    return reader.manifest


def _same_registers(seen: Observed, first: Place, second: Place, manifest: dict[str, Any]) -> None:
    """Lines of all registers up to the moment of the backup, written out as text, before and after."""
    until = {f"{place}/{code}/{year}": lines for place, code, year, _, lines, _ in manifest["heads"]}
    before, after = (place.script("registers", json.dumps(until)) for place in (first, second))
    seen.expect(before == after, "the registers are not the same to the byte")
    seen.expect(before["lines"] == sum(until.values()) > 0, f"lines of registers: {before['lines']}")
    seen.figures.append(f"{before['lines']} lines of {len(until)} registers the same to the byte")


def _files_are_there(seen: Observed, first: Place, second: Place, manifest: dict[str, Any]) -> None:
    """All but tables that were not written: an erasure, and so its repetition, throws them away (signals/ending.py)."""
    kept = [part["name"].removeprefix("files/") for part in manifest["parts"] if part["name"].startswith("files/")]
    unwritten = first.script("counted")["unwritten"]
    names = [name for name in kept if name not in unwritten]
    same = [(first.home / "files" / name).read_bytes() == (second.home / "files" / name).read_bytes() for name in names]
    seen.expect(bool(names) and all(same), f"files: {sum(same)} of {len(names)} are the same")
    seen.figures.append(f"{len(names)} files the same")


def main() -> int:
    good = True
    for database in ["sqlite", *(["postgresql"] if programs() else [])]:
        seen = restored(database)
        print(f"{database:<11} {'as promised' if not seen.wrong else 'NOT as promised'}: {'; '.join(seen.figures)}")
        for line in seen.wrong:
            print("   ", line)
        good &= not seen.wrong
    return 0 if good else 1


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(main())
