"""The check of a whole export, record by record; nothing is kept in memory but the lists of the checkpoints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from .canon import EVIDENCE, Record, canonical, checkpoint_digest
from .chain import Checkpoints, Events
from .keys import is_signed
from .registers import Registers
from .report import Report

ORDER = {"header": 0, "checkpoint": 1, "event": 2, "series": 3, "entry": 3, "end": 4}
MISPLACED = "стоит не на своём месте"
BROKEN = (KeyError, TypeError, ValueError, AttributeError, RecursionError)


class NotEvidence(Exception):
    """The file cannot be read as an export at all."""


class Verifier:
    """Feed it records in the order of the file, then ask `finish`.

    `strict` is for a file, which ends with a signed end and holds nothing unsealed; without it a living database is
    checked, whose newest rows wait for the next checkpoint.
    """

    def __init__(self, *, organisation: str, trusted: Iterable[str], strict: bool) -> None:
        self.report = Report()
        self.checkpoints = Checkpoints(self.report, frozenset(trusted), organisation)
        self.events = Events(self.report, self.checkpoints, strict)
        self.registers = Registers(self.report, self.checkpoints, strict)
        self.strict = strict
        self.end: Record | None = None
        self._phase = 0

    def feed(self, place: int, record: Record) -> None:
        """Check one record; whatever it holds, a fault is told and nothing is raised."""
        kind = record.get("kind", "")
        phase = ORDER.get(kind) if isinstance(kind, str) else None
        if phase is None or phase < self._phase or self.end is not None or kind == "header":
            self.report.bad(place, _name(record), MISPLACED)
            return
        self._close_parts(place, phase)
        if kind != "end":
            self.report.counts[kind] += 1
        try:
            self._doors()[kind](place, record)
        except BROKEN:
            self.report.bad(place, _name(record), "поля изменены")

    def _close_parts(self, place: int, phase: int) -> None:
        """Events end where registers begin, registers where the file ends: what is missing there is told there."""
        if self._phase < ORDER["series"] <= phase:
            self.events.finish(place)
        if self._phase < ORDER["end"] <= phase:
            self.registers.finish(place)
        self._phase = phase

    def _doors(self) -> dict[str, Callable[[int, Record], None]]:
        return {
            "checkpoint": self.checkpoints.feed,
            "event": self.events.feed,
            "series": self._series,
            "entry": self.registers.feed,
            "end": self._end,
        }

    def _series(self, place: int, record: Record) -> None:
        self.registers.open(place, {name: record[name] for name in ("series", "year", "last", "lines", "head")})

    def _end(self, place: int, record: Record) -> None:
        self.end = record
        statement = record["statement"]
        if statement["key"] not in self.checkpoints.trusted:
            self.report.bad(place, "конец файла", "подписан неизвестным ключом")
        elif not is_signed(statement["key"], canonical(statement), record["signature"]):
            self.report.bad(place, "конец файла", "подпись не верна")

    def finish(self, place: int) -> Report:
        """What was missing at the end; returns the report."""
        self._close_parts(place, ORDER["end"])
        if self.strict and self.end is None:
            self.report.bad(place, "конец файла", "файл обрезан: подписанного конца нет")
        return self.report


def _name(record: Record) -> str:
    """The row in words, as far as it can be told."""
    kind = record.get("kind")
    if kind == "event":
        return f"событие № {record.get('id')}"
    if kind == "entry":
        return f"журнал {record.get('series')}/{record.get('year')}, строка {record.get('line')}"
    if kind == "series":
        return f"журнал {record.get('series')}/{record.get('year')}"
    if kind == "checkpoint":
        return "отметка"
    return {"header": "начало файла", "end": "конец файла"}.get(str(kind), "строка неизвестного вида")


def verify_file(path: Path, *, keys: Iterable[str] = (), against: Iterable[Path] = ()) -> Report:
    """Check an export. `keys` are public keys known from elsewhere, `against` checkpoints kept elsewhere.

    Raises NotEvidence when the file cannot be opened or does not begin as an export.
    """
    kept = [kept_read(one) for one in against]
    known = {*keys} | {one["statement"]["key"] for one in kept if not keys}
    try:
        with path.open("rb") as file:
            beginning = file.readline()
            header = _header(beginning)
            trusted = known or {*header["keys"]}
            verifier = Verifier(organisation=header["organisation"], trusted=trusted, strict=True)
            if not known:
                verifier.report.notes.append("Ключ взят из самого файла: чей он, этой проверкой не доказано.")
            digest, size, lines = _read(file, verifier, beginning)
    except OSError as error:
        raise NotEvidence(f"файл не прочитан: {path}") from error
    report = verifier.finish(lines + 1)
    report.organisation = str(header.get("name", ""))
    _check_end(verifier, header, digest, lines)
    if not report.faults and not _is_as_written(path, verifier.end, digest, size):
        _find_misspelt(path, report, lines)
    for one in kept:
        kept_compare(verifier, one, lines)
    return report


def _header(line: bytes) -> Record:
    try:
        header = json.loads(line)
        if header["kind"] != "header" or header["format"] != EVIDENCE or not isinstance(header["organisation"], str):
            raise NotEvidence("это не выгрузка журнала событий Опоры")
        if not all(isinstance(key, str) for key in header["keys"]):
            raise NotEvidence("это не выгрузка журнала событий Опоры")
    except BROKEN as error:
        raise NotEvidence("это не выгрузка журнала событий Опоры") from error
    return dict(header)


def _read(file: Any, verifier: Verifier, beginning: bytes) -> tuple[str, int, int]:
    """Feed all lines; returns the hash and the size of what stands before the signed end, and the number of lines."""
    hasher, place, before_end = hashlib.sha256(beginning), 1, ""
    size, before = len(beginning), 0
    for place, line in enumerate(file, start=2):
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise TypeError
        except BROKEN:
            verifier.report.bad(place, "строка", "не читается")
            hasher.update(line)
            size += len(line)
            continue
        if record.get("kind") == "end" and not before_end:
            before_end, before = hasher.hexdigest(), size
        verifier.feed(place, record)
        hasher.update(line)
        size += len(line)
    return before_end, before, place


def _check_end(verifier: Verifier, header: Record, digest: str, lines: int) -> None:
    """The signed end tells what was exported: counts, the last checkpoint, erased lines, the hash of it all."""
    if verifier.end is None:
        return
    report = verifier.report
    try:
        statement = verifier.end["statement"]
        if statement["header"] != header:
            report.bad(1, "начало файла", "изменено")
        last = verifier.checkpoints.previous
        if (statement["checkpoints"], statement["checkpoint"]) != (report.counts["checkpoint"], last):
            report.bad(lines, f"отметка № {statement['checkpoints']}", "последняя отметка пропала или изменена")
        for row in report.erased:
            if row not in statement["erased"]:
                report.bad(lines, f"журнал {row}", "содержание убрано после выгрузки")
    except BROKEN:
        report.bad(lines, "конец файла", "поля изменены")


def _is_as_written(path: Path, end: Record | None, digest: str, size: int) -> bool:
    """Whether every byte before the signed end is the one that was exported, and the end is spelled in the one way."""
    if end is None or end["statement"]["sha256"] != digest:
        return False
    line = (canonical(end) + "\n").encode()
    with path.open("rb") as file:
        file.seek(size)
        return file.read(len(line) + 1) == line


def _find_misspelt(path: Path, report: Report, lines: int) -> None:
    """The first line that is not written in the one way: something hides in repeated keys or spaces."""
    with path.open("rb") as file:
        for place, line in enumerate(file, start=1):
            record = json.loads(line)
            if (canonical(record) + "\n").encode() != line:
                report.bad(place, _name(record), "записана не так, как пишет Опора")
                return
    report.bad(lines, "конец файла", "файл изменён после выгрузки")


def kept_read(path: Path) -> Record:
    """A checkpoint that was put aside earlier. Raises NotEvidence."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        statement = record["statement"]
        if not is_signed(statement["key"], canonical(statement), record["signature"]):
            raise NotEvidence(f"подпись сохранённой отметки не верна: {path}")
        int(statement["number"])
    except (OSError, UnicodeDecodeError, *BROKEN) as error:
        raise NotEvidence(f"сохранённая отметка не прочитана: {path}") from error
    return dict(record)


def kept_compare(verifier: Verifier, kept: Record, lines: int) -> None:
    """A kept checkpoint must be found in the file as it was: else the tail was cut off, or all was written anew."""
    statement, found = kept["statement"], verifier.checkpoints.statements
    name = f"отметка № {statement['number']}"
    if statement["organisation"] != verifier.checkpoints.organisation:
        verifier.report.bad(lines, name, "сохранена другой организацией")
    elif statement["key"] not in verifier.checkpoints.trusted:
        verifier.report.bad(lines, name, "сохранённая отметка подписана неизвестным ключом")
    elif statement["number"] > len(found):
        verifier.report.bad(
            lines, name, f"хвост обрезан: сохранённая отметка есть, а в файле последняя — № {len(found)}"
        )
    elif checkpoint_digest(found[statement["number"] - 1]) != checkpoint_digest(statement):
        verifier.report.bad(lines, name, "история переписана: сохранённая отметка другая")
    else:
        verifier.report.notes.append(f"Сохранённая отметка № {statement['number']} найдена в файле.")
