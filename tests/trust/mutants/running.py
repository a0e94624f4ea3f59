"""Copies of the product, and runs of tests in them. The working tree itself is never changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import APPLICATION

from .mutant import Mutant, Stale
from .witness import PLACE

LINKED = {".assets", ".venv", "node_modules"}
KEPT = {".importlinter", ".gitignore"}
LEFT_OUT = {"var", "__pycache__"}
PATIENCE = 300  # seconds for the tests of one mutant; a fault that hangs is not a fault that was noticed
OPTIONS = ("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "tests.trust.mutants.witness", "-n0",
           "--hypothesis-seed=0", "--tb=line")  # fmt: skip
# Tables straight from the models: quick, and a constraint that is gone from a model is gone from the database.
# PostgreSQL gets its migrations: its rights name their table.
QUICK = ("--no-migrations",)


@dataclass
class Copy:
    """One copy of the product in a folder of its own."""

    root: Path
    number: int = 0

    def run(self, tests: Iterable[str], *, server: str = "", at_once: bool = True, patience: int = PATIENCE) -> Told:
        """Run tests in the copy; `server` is the address of PostgreSQL. `at_once`: stop at the first failure."""
        told = self.root / "witness.json"
        told.unlink(missing_ok=True)
        shutil.rmtree(self.root / "tmp", ignore_errors=True)
        (self.root / "tmp").mkdir()
        options = [*OPTIONS, *(() if server else QUICK), *(["-x"] if at_once else [])]
        command = [sys.executable, "-m", "pytest", *options, *tests]
        begun = time.monotonic()
        try:
            run = subprocess.run(
                command, cwd=self.root, env=self._environment(told, server), capture_output=True, text=True,
                check=False, timeout=patience,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Told(seconds=time.monotonic() - begun, said=f"no end after {patience} s")
        outcomes = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
        return Told(outcomes, time.monotonic() - begun, run.stdout[-3000:] + run.stderr[-1000:])

    def _environment(self, told: Path, server: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPORA_", "DJANGO_", "PG"))}
        own = {
            "PYTHONPATH": os.pathsep.join([str(self.root / "src"), str(self.root)]), "TMPDIR": str(self.root / "tmp"),
            PLACE: str(told),
        }  # fmt: skip
        if server:
            own["OPORA_DATABASE_URL"] = f"{server.rpartition('/')[0]}/mutants_{self.number}"
            own["OPORA_DATABASE_ROLE"] = APPLICATION
        return kept | own

    @contextmanager
    def broken_by(self, mutant: Mutant) -> Iterator[None]:
        """Put the fault in and take it out again. Raises Stale."""
        path = mutant.path(self.root)
        text = mutant.applied(self.root)
        was, kept = path.read_bytes(), path.stat()
        try:
            path.write_text(text, encoding="utf-8")
            later = kept.st_mtime_ns + 10**12  # compiled files of the whole copy must not be taken for this one
            os.utime(path, ns=(later, later))
            yield
        finally:
            path.write_bytes(was)
            os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))


@dataclass
class Told:
    """How each test ended, by node id: passed, skipped, failed, broken."""

    outcomes: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    said: str = ""

    def of(self, test: str) -> set[str]:
        return {end for node, end in self.outcomes.items() if node == test or node.startswith(f"{test}[")}

    def passes(self, tests: Iterable[str]) -> bool:
        return all(self.of(test) == {"passed"} for test in tests)

    @property
    def failed(self) -> str:
        """The first test that failed, by its bare name."""
        node = next((node for node, end in self.outcomes.items() if end == "failed"), "")
        return node.partition("::")[2]

    @property
    def broken(self) -> str:
        return next((node for node, end in self.outcomes.items() if end == "broken"), "")


@dataclass(frozen=True)
class Verdict:
    """`by` is the test that noticed the fault; without one `trouble` says why not."""

    mutant: Mutant
    by: str = ""
    trouble: str = ""
    seconds: float = 0.0


def copied(source: Path, target: Path) -> Copy:
    """The product as it stands, without what was built and installed; that is linked."""
    target.mkdir(parents=True)
    for one in source.iterdir():
        if one.name in LINKED:
            (target / one.name).symlink_to(one)
        elif one.name in LEFT_OUT or (one.name.startswith(".") and one.name not in KEPT):
            continue
        elif one.is_dir():
            shutil.copytree(one, target / one.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(one, target / one.name)
    return Copy(target)


def copied_again(first: Copy, number: int) -> Copy:
    """Another one with all that the first has compiled."""
    target = first.root.with_name(f"{first.root.name}-{number}")
    shutil.copytree(first.root, target, symlinks=True)
    return Copy(target, number)


def judged(copy: Copy, mutant: Mutant, server: str) -> Verdict:
    """Break the guard in the copy and see who notices."""
    try:
        with copy.broken_by(mutant):
            told = copy.run(mutant.tests, server=server if mutant.on_postgresql else "")
    except Stale as stale:
        return Verdict(mutant, trouble=str(stale))
    if told.failed:
        return Verdict(mutant, by=told.failed, seconds=told.seconds)
    if told.outcomes and not told.broken:
        return Verdict(mutant, trouble="SURVIVED", seconds=told.seconds)
    return Verdict(mutant, trouble=f"not judged: {told.broken or told.said[-400:]}", seconds=told.seconds)
