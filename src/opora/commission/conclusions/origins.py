"""Where the lines of a section come from: taken from the catalogue as they are, changed since, or one's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opora.foundation.ui.typography import plural

SIMILAR = 0.5  # of the words of both lines together; a line with fewer words in common is one's own
MOST_LINES = 400  # of one section; a longer text is told in short
MOST_TAKEN = 100
_WORD = re.compile(r"\w+")
CATALOGUE, CHANGED, OWN = "catalogue", "changed", "own"
KINDS = {CATALOGUE: "из каталога", CHANGED: "изменено после вставки", OWN: "своими словами"}


@dataclass(frozen=True)
class OriginLine:
    """A line of a section; `original` is what was taken when the line was changed since, `code` its entry."""

    text: str
    kind: str
    code: str = ""
    original: str = ""

    @property
    def words(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True)
class Origins:
    """The lines of one section with their origins; empty when nothing was ever taken into it."""

    lines: tuple[OriginLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines)

    def count(self, kind: str) -> int:
        return sum(line.kind == kind for line in self.lines)

    @property
    def words(self) -> str:
        """«из каталога: 3, изменено после вставки: 1, своими словами: 2 строки»."""
        parts = [f"{KINDS[kind]}: {number}" for kind in (CATALOGUE, CHANGED) if (number := self.count(kind))]
        own = self.count(OWN)
        if own:
            parts.append(f"{KINDS[OWN]}: {plural(own, 'строка,строки,строк')}")
        return ", ".join(parts)

    @property
    def present(self) -> frozenset[str]:
        """Entries of the catalogue that stand in the section, changed or not."""
        return frozenset(line.code for line in self.lines if line.code)


def origins_of(text: str, taken: Mapping[str, str]) -> Origins:
    """Compare a section line by line with what was taken into it (`taken`: text by code of the catalogue).

    A taken text of several lines counts line by line. Each taken line is the origin of one line at most.
    """
    lines = _lines(text)[:MOST_LINES]
    if not taken or not lines:
        return Origins()
    pieces = [(code, line) for code, one in [*taken.items()][-MOST_TAKEN:] for line in _lines(one)]
    found: dict[int, OriginLine] = {}
    left = _exact(lines, pieces, found)
    _changed(lines, left, found)
    return Origins(tuple(found.get(at, OriginLine(line, OWN)) for at, line in enumerate(lines)))


def _exact(lines: list[str], pieces: Iterable[tuple[str, str]], found: dict[int, OriginLine]) -> list[tuple[str, str]]:
    """Lines that stand as they were taken; returns the pieces that are not among them."""
    where: dict[str, list[int]] = {}
    for at, line in reversed([*enumerate(lines)]):
        where.setdefault(_plain(line), []).append(at)
    left = []
    for code, piece in pieces:
        places = where.get(_plain(piece))
        if places:
            at = places.pop()
            found[at] = OriginLine(lines[at], CATALOGUE, code)
        else:
            left.append((code, piece))
    return left


def _changed(lines: list[str], pieces: list[tuple[str, str]], found: dict[int, OriginLine]) -> None:
    """The most alike pairs first, so that the answer does not hang on the order of taking."""
    rest = [(at, _words(line)) for at, line in enumerate(lines) if at not in found]
    originals = [(number, _words(piece)) for number, (_, piece) in enumerate(pieces)]
    pairs = [(-alike(ours, theirs), at, number) for at, ours in rest for number, theirs in originals]
    used: set[int] = set()
    for _, at, number in sorted(pair for pair in pairs if -pair[0] >= SIMILAR):
        if at not in found and number not in used:
            code, piece = pieces[number]
            found[at] = OriginLine(lines[at], CHANGED, code, piece)
            used.add(number)


def alike(ours: Counter[str], theirs: Counter[str]) -> float:
    """How much of two lines is common: 1 for the same words, and for a line that was only added to."""
    common = sum((ours & theirs).values())
    if not common:
        return 0.0
    both = 2 * common / (ours.total() + theirs.total())
    within = common / theirs.total() if theirs.total() > 1 else 0.0
    return max(both, within if within > 0.8 else 0.0)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _plain(line: str) -> str:
    return " ".join(line.casefold().replace("ё", "е").strip(" .;,").split())


def _words(line: str) -> Counter[str]:
    return Counter(_WORD.findall(_plain(line)))
