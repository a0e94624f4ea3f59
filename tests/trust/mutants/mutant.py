"""One seeded fault: a small replacement in one guard, the promise that it breaks, the tests that must notice it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
PRODUCT = "src/opora"


class Stale(Exception):
    """The text to be replaced does not stand in its file exactly once: the list has fallen behind the code."""


@dataclass(frozen=True)
class Mutant:
    """`file` is below `src/opora`; `tests` are node ids of pytest; `on_postgresql`: only there can it be noticed."""

    name: str
    promise: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    on_postgresql: bool = False

    def path(self, root: Path) -> Path:
        return root / PRODUCT / self.file

    def applied(self, root: Path) -> str:
        """The text of the file with the fault in it. Raises Stale."""
        try:
            text = self.path(root).read_text(encoding="utf-8")
        except OSError as gone:
            raise Stale(f"{self.name}: {self.file} is not there") from gone
        found = text.count(self.before)
        if found != 1:
            raise Stale(f"{self.name}: the text to replace stands {found} times in {self.file}")
        return text.replace(self.before, self.after)


def tests_of(file: str, *names: str) -> tuple[str, ...]:
    """Node ids of tests in one file."""
    return tuple(f"{file}::{name}" for name in names)
