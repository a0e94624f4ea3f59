"""Reading of edition files: entries with their place in the file, refusals that name file, line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from opora.regulations.predicates import Predicate, parse

NBSP = "\u00a0"
_TIGHT = re.compile(r"(?<!\w)(№|пп?\.|прил\.|вар\.|ст\.|ч\.|разд\.|табл\.|стр\.) (?=[\w«(])")
_DASH = re.compile(r" — ")


class RegulationError(ValueError):
    """An edition file is wrong; the message names the file, the line and the key."""


def typeset(text: str) -> str:
    """Russian typography for a screen text: no line break after «№», «п.», «прил.» or before a dash."""
    return _DASH.sub(f"{NBSP}— ", _TIGHT.sub(rf"\1{NBSP}", text.strip()))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry stands: `line` is that of its `[[table]]` header."""

    path: Path
    line: int
    key_lines: Mapping[str, int]

    def at(self, key: str | None = None) -> str:
        """`2016/papers.toml:12` of the entry, or of one of its keys when that key is in the file."""
        line = self.key_lines.get(key, self.line) if key else self.line
        return f"{self.path.parent.name}/{self.path.name}:{line}"


@dataclass(slots=True)
class RawEntry:
    """One table of an edition file before it is understood; keys that were read are remembered."""

    table: str
    values: dict[str, Any]
    origin: Origin
    base: RawEntry | None = None
    taken: set[str] = field(default_factory=set)

    @property
    def code(self) -> str:
        """The code of the entry, or an empty text."""
        value = self.values.get("code", "")
        return value if isinstance(value, str) else ""

    def refuse(self, key: str | None, why: str) -> RegulationError:
        """An error to raise, naming the place, the table, the code and the key."""
        what = f"[[{self.table}]] {self.code or 'without code'}"
        return RegulationError(f"{self._origin_of(key).at(key)}: {what}{f', key {key}' if key else ''}: {why}")

    def near(self, key: str) -> str:
        """A hint that an absent key may be there misspelt."""
        found = [] if key in self.values else get_close_matches(key, [*self.values], 1, 0.75)
        return f"; is {found[0]!r} meant for it?" if found else ""

    def _origin_of(self, key: str | None) -> Origin:
        if self.base and key and key not in self.origin.key_lines and key in self.base.values:
            return self.base._origin_of(key)
        return self.origin

    def _take(self, key: str) -> Any:
        self.taken.add(key)
        return self.values.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A typeset text; without `default` it must be there and not be blank."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(key, "a non-empty text is required" + self.near(key))
        return typeset(value)

    def word(self, key: str, default: str | None = None) -> str:
        """A code: a text that stays letter for letter as written."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value or value != value.strip():
            raise self.refuse(key, "a code is required" + self.near(key))
        return value

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """A code out of `allowed`."""
        value = self.word(key, default)
        if value not in allowed:
            near = get_close_matches(value, list(allowed), 1)
            hint = f", did you mean {near[0]!r}?" if near else f"; allowed: {', '.join(sorted(allowed))}"
            raise self.refuse(key, f"unknown value {value!r}{hint}")
        return value

    def words(self, key: str, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of codes, possibly absent, each out of `allowed` when that is given."""
        value = self._take(key)
        items = [] if value is None else value
        if not isinstance(items, list) or not all(isinstance(item, str) and item for item in items):
            raise self.refuse(key, "a list of codes is required")
        unknown = [item for item in items if allowed is not None and item not in allowed]
        if unknown:
            raise self.refuse(key, f"unknown value {unknown[0]!r}; allowed: {', '.join(sorted(allowed or ()))}")
        return tuple(items)

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.refuse(key, "a whole number is required" + self.near(key))
        return value

    def decimal(self, key: str, default: float | None = None) -> float:
        """A number, whole or not."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.refuse(key, "a number is required" + self.near(key))
        return float(value)

    def predicates(self, key: str) -> tuple[Predicate, ...]:
        """A list of conditions, possibly absent."""
        try:
            return tuple(parse(text) for text in self.words(key))
        except ValueError as error:
            if isinstance(error, RegulationError):
                raise
            raise self.refuse(key, str(error)) from error

    def flag(self, key: str, default: bool) -> bool:
        """A `true` or `false`."""
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.refuse(key, "true or false is required")
        return value

    def day(self, key: str) -> date | None:
        """A date, or nothing."""
        value = self._take(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.refuse(key, "a date like 2025-03-01 is required")
        return value

    def pairs(self, key: str) -> dict[str, str]:
        """A sub-table of code = text, which must not be empty."""
        value = self._take(key)
        if not isinstance(value, dict) or not value:
            raise self.refuse(key, "a sub-table of texts is required")
        if not all(isinstance(text, str) and text.strip() for text in value.values()):
            raise self.refuse(key, "every value must be a non-empty text")
        return {code: typeset(text) for code, text in value.items()}

    def finish(self) -> None:
        """Refuse keys that nobody asked for: they are typos."""
        for key in self.values:
            if key not in self.taken:
                near = get_close_matches(key, sorted(self.taken), 1)
                raise self.refuse(key, "unknown key" + (f", did you mean {near[0]!r}?" if near else ""))


_HEADER = re.compile(r"^\s*\[\[?([\w.-]+)\]?\]\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")


def _origins(path: Path, text: str) -> dict[str, list[Origin]]:
    """The place of each `[[table]]` of a file, in order."""
    found: dict[str, list[Origin]] = {}
    keys: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            keys = {}
            if line.lstrip().startswith("[["):
                found.setdefault(header[1], []).append(Origin(path, number, keys))
        elif key := _KEY.match(line):
            keys.setdefault(key[1], number)
    return found


def read_file(path: Path, tables: Iterable[str]) -> list[RawEntry]:
    """All entries of one edition file; a table outside `tables` and broken TOML are refused."""
    text = path.read_text(encoding="utf-8")
    place = f"{path.parent.name}/{path.name}"
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegulationError(f"{place}: {error}") from error
    origins, allowed, entries = _origins(path, text), tuple(tables), []
    for table, rows in content.items():
        if table not in allowed:
            near = get_close_matches(table, allowed, 1)
            lines = origins.get(table)
            at = lines[0].at() if lines else place
            hint = f", did you mean {near[0]!r}?" if near else ""
            raise RegulationError(f"{at}: unknown table {table!r}{hint}")
        if not isinstance(rows, list) or len(rows) != len(origins.get(table, ())):
            raise RegulationError(f"{place}: {table} must be written as [[{table}]]")
        entries += [RawEntry(table, row, origin) for row, origin in zip(rows, origins[table], strict=True)]
    for entry in entries:
        if not entry.code:
            raise entry.refuse("code", "an entry must have a code")
        clause = entry.values.get("clause")
        if not isinstance(clause, str) or not clause.strip():
            raise entry.refuse("clause", "an entry without a clause is refused" + entry.near("clause"))
    return entries
