"""An edition from its files: the predecessor's entries, then its own dated overrides, verified ones only."""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from opora.regulations import entries as e
from opora.regulations.facts.checking import check_predicates
from opora.regulations.icd10 import icd10_normalise
from opora.regulations.loading import RawEntry, RegulationError, read_file
from opora.regulations.readers import ground
from opora.regulations.tables import FILES, LINKS, MANY, SINGLE

Tables = Mapping[str, Mapping[str, e.Entry]]
_HEAD_KEYS = {"code", "title", "clause", "valid_from", "inherits"}
_OVERRIDE_KEYS = {"code", "clause", "title", "verified", "valid_from", "note"}


@dataclass(frozen=True, slots=True)
class Head:
    """`edition.toml`: what the edition is and since when it holds."""

    code: str
    title: str
    clause: str
    valid_from: date
    inherits: str


def read_head(path: Path) -> Head:
    """The head of one edition; RegulationError names what is wrong."""
    place = f"{path.parent.name}/{path.name}"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RegulationError(f"{place}: {error}") from error
    for key in values:
        if key not in _HEAD_KEYS:
            raise RegulationError(f"{place}: unknown key {key!r}")
    texts = {key: values.get(key, "") for key in ("code", "title", "clause", "inherits")}
    if not all(isinstance(text, str) for text in texts.values()) or not all(
        texts[key] for key in ("code", "title", "clause")
    ):
        raise RegulationError(f"{place}: code, title and clause are required texts")
    valid_from = values.get("valid_from")
    if not isinstance(valid_from, date):
        raise RegulationError(f"{place}: valid_from must be a date")
    if texts["code"] != path.parent.name:
        raise RegulationError(f"{place}: code must be the name of the folder")
    return Head(texts["code"], texts["title"], texts["clause"], valid_from, texts["inherits"])


def read_heads(directory: Path) -> tuple[Head, ...]:
    """All editions of a directory, oldest first."""
    heads = [read_head(path) for path in directory.glob("*/edition.toml")]
    return tuple(sorted(heads, key=lambda head: head.valid_from))


@lru_cache(maxsize=16)
def _raw(directory: Path, code: str) -> tuple[RawEntry, ...]:
    found: list[RawEntry] = []
    for path in sorted((directory / code).glob("*.toml")):
        if path.name == "edition.toml":
            continue
        if path.name not in FILES:
            raise RegulationError(f"{code}/{path.name}: unknown file of an edition")
        found += read_file(path, FILES[path.name])
    return tuple(found)


def _starts(raw: RawEntry, head: Head) -> date:
    return raw.day("valid_from") or head.valid_from


def stage_of(directory: Path, code: str, on: date | None) -> date:
    """The last day, not after `on` when it is given, at which a dated parameter of the edition changes."""
    began, changes = _changes(directory, code)
    passed = [day for day in changes if on is None or day <= on]
    return passed[-1] if passed else began


@lru_cache(maxsize=16)
def _changes(directory: Path, code: str) -> tuple[date, tuple[date, ...]]:
    """The day since which an edition holds, and the days on which its parameters change, in order."""
    head = read_head(directory / code / "edition.toml")
    return head.valid_from, tuple(sorted({head.valid_from} | {_starts(raw, head) for raw in _raw(directory, code)}))


def assemble(directory: Path, code: str, stage: date) -> tuple[Head, Tables, tuple[e.Unverified, ...]]:
    """An edition as it stands on the day `stage`: its head, its tables and what is not verified."""
    head = read_head(directory / code / "edition.toml")
    merged: dict[tuple[str, str], RawEntry] = {}
    unverified: list[e.Unverified] = []
    for step in _line(directory, head):
        for raw in sorted(_raw(directory, step.code), key=lambda raw: _starts(raw, step)):
            place = (raw.table, raw.code)
            before = merged.get(place)
            if step.inherits and "verified" not in raw.values:
                raise raw.refuse("verified", "an override must say whether it is verified" + raw.near("verified"))
            if raw.table == "question" or not raw.flag("verified", True):
                unverified.append(_unverified(raw, before))
            elif _starts(raw, step) <= stage or not step.inherits:
                merged[place] = _merge(raw, before, step)
    tables = _understand(merged.values())
    _check_links(tables, merged)
    check_predicates(tables, merged)
    return head, tables, tuple(unverified)


def _line(directory: Path, head: Head) -> list[Head]:
    """The edition after all its predecessors."""
    line = [head]
    while line[0].inherits:
        line.insert(0, read_head(directory / line[0].inherits / "edition.toml"))
    return line


def _merge(raw: RawEntry, before: RawEntry | None, step: Head) -> RawEntry:
    if before is None:
        return RawEntry(raw.table, dict(raw.values), raw.origin)
    if before.origin.path.parent == raw.origin.path.parent and not step.inherits:
        raise raw.refuse("code", f"the code stands twice, first in {before.origin.at()}")
    return _over(raw, before)


def _over(raw: RawEntry, before: RawEntry | None) -> RawEntry:
    """An override read over what it overrides."""
    inherited = before.values if before else {}
    return RawEntry(raw.table, {**inherited, **raw.values}, raw.origin, before)


def _unverified(raw: RawEntry, before: RawEntry | None) -> e.Unverified:
    title = before.values.get("title", "") if before else ""
    entry = RawEntry(raw.table, {"title": title, **raw.values}, raw.origin)
    proposed = _proposed(entry, before)
    return e.Unverified(
        **ground(entry),
        table=raw.table,
        inherited=before is not None,
        recalled={key: value for key, value in raw.values.items() if key not in _OVERRIDE_KEYS},
        proposed=proposed,
    )


def _proposed(raw: RawEntry, before: RawEntry | None) -> e.Entry | None:
    """An unverified override is typo-checked like any other: by reading it over what it would change."""
    if raw.table == "question":
        for key in raw.values:
            if key not in _OVERRIDE_KEYS:
                raise raw.refuse(key, "unknown key")
        return None
    found = _read(_over(raw, before))
    return found[0] if len(found) == 1 else None


def _read(raw: RawEntry) -> tuple[e.Entry, ...]:
    found = MANY[raw.table](raw) if raw.table in MANY else (SINGLE[raw.table](raw),)
    raw.finish()
    return found


def _understand(raws: Iterable[RawEntry]) -> Tables:
    tables: dict[str, dict[str, e.Entry]] = {}
    for raw in raws:
        for entry in _read(raw):
            table = tables.setdefault(raw.table, {})
            if entry.code in table:
                raise raw.refuse("code", f"{entry.code!r} stands twice")
            table[entry.code] = entry
    return MappingProxyType({name: MappingProxyType(table) for name, table in tables.items()})


def _check_links(tables: Tables, raws: Mapping[tuple[str, str], RawEntry]) -> None:
    """Each code that names an entry of another table must be found there."""
    for table, key, target in LINKS:
        known = _codes_of(tables, target)
        for code, entry in tables.get(table, {}).items():
            value = getattr(entry, key)
            for name in (value,) if isinstance(value, str) else value:
                if name and name not in known:
                    raise raws[table, code].refuse(key, f"there is no {target} {name!r}")


def _codes_of(tables: Tables, target: str) -> Container[str]:
    """The codes of a table, or the values of one vocabulary for a target like `vocabulary:regime`."""
    table, _, code = target.partition(":")
    if not code:
        return tables.get(table, {})
    found = tables.get(table, {}).get(code)
    return {choice.code for choice in found.choices} if isinstance(found, e.Vocabulary) else ()


def search_codes(codes: Iterable[e.Icd10Code], text: str, limit: int) -> tuple[e.Icd10Code, ...]:
    """Codes that begin with a text, then those whose caption holds each of its words."""
    typed, words = icd10_normalise(text), _plain(text).split()
    if not words:
        return ()
    codes = tuple(codes)
    by_code = [code for code in codes if code.code.startswith(typed)]
    by_title = [code for code in codes if code not in by_code and all(w in _plain(code.title) for w in words)]
    return tuple((by_code + by_title)[:limit])


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")
