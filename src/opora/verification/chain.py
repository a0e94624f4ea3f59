"""Checkpoints and the events that they cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .canon import (
    CHECKPOINT,
    EVENT_FIELDS,
    SHORT,
    Record,
    canonical,
    checkpoint_digest,
    event_digest,
    folded,
    rows_unpacked,
    sha256,
)
from .keys import is_signed
from .report import Report


@dataclass
class Checkpoints:
    """Reads checkpoints in their order and gathers what they say about rows."""

    report: Report
    trusted: frozenset[str]
    organisation: str
    statements: list[Record] = field(default_factory=list)
    events: list[tuple[int, bytes]] = field(default_factory=list)
    lines: dict[str, dict[int, bytes]] = field(default_factory=dict)
    previous: str = ""

    def feed(self, place: int, record: Record) -> None:
        """One checkpoint: its own signature, its link to the one before, and its lists of rows."""
        statement: Record = record["statement"]
        name = f"отметка № {statement['number']}"
        fault = self._fault(statement, record)
        if fault:
            self.report.bad(place, name, fault)
        try:
            self._take(statement, record)
        except (ValueError, KeyError, TypeError):
            self.report.bad(place, name, "перечень строк отметки испорчен")
        self.statements.append(statement)
        self.previous = checkpoint_digest(statement)
        self.report.last_checkpoint, self.report.last_made_at = statement["number"], statement["made_at"]

    def _fault(self, statement: Record, record: Record) -> str:
        number, wanted = statement["number"], len(self.statements) + 1
        before = self.statements[-1]["last_id"] if self.statements else 0
        if statement.get("format") != CHECKPOINT or statement["organisation"] != self.organisation:
            return "отметка другой организации или другого вида"
        if statement["key"] not in self.trusted:
            return "подписана неизвестным ключом"
        if not is_signed(statement["key"], canonical(statement), record["signature"]):
            return "подпись не верна"
        if number != wanted:
            return f"ожидалась отметка № {wanted}: отметка пропала или переставлена"
        if statement["previous"] != self.previous:
            return "не связана с предыдущей отметкой"
        if statement["last_id"] < before:
            return "начинается раньше, чем кончилась предыдущая"
        return self._fault_of_rows(statement, record)

    def _fault_of_rows(self, statement: Record, record: Record) -> str:
        if sha256(record["rows"]) != statement["rows"]:
            return "перечень событий отметки изменён"
        wanted = {f"{one['series']}/{one['year']}": one["rows"] for one in statement["registers"]}
        if {name: sha256(rows) for name, rows in record["registers"].items()} != wanted:
            return "перечень записей журналов в отметке изменён"
        return ""

    def _take(self, statement: Record, record: Record) -> None:
        self.events.extend(rows_unpacked(record["rows"]))
        for name, rows in record["registers"].items():
            self.lines.setdefault(name, {}).update(rows_unpacked(rows))

    def sealed_until(self) -> int:
        return int(self.statements[-1]["last_id"]) if self.statements else 0


@dataclass
class Events:
    """Compares events, as they come, with the rows that the checkpoints have kept."""

    report: Report
    checkpoints: Checkpoints
    strict: bool
    last_id: int = 0
    head: str = ""
    _expected: Iterator[tuple[int, bytes]] | None = None
    _next: tuple[int, bytes] | None = None
    _heads: list[Record] = field(default_factory=list)
    _count: int = 0
    _clean: bool = True

    def start(self) -> None:
        if self._expected is None:
            self._expected = iter(self.checkpoints.events)
            self._next = next(self._expected, None)
            self._heads = list(self.checkpoints.statements)

    def feed(self, place: int, event: Record) -> None:
        """One event: is it in its place, and is it what was sealed."""
        self.start()
        number = event["id"]
        if number <= self.last_id:
            self._bad(place, number, "стоит не на своём месте")
            return
        self._skip_to(place, number)
        if event.keys() - {"kind"} != set(EVENT_FIELDS) or event["organisation"] != self.checkpoints.organisation:
            self._bad(place, number, "поля события изменены")
        digest = event_digest(event)
        if self._next and self._next[0] == number:
            if bytes.fromhex(digest)[:SHORT] != self._next[1]:
                self._bad(place, number, "изменено")
            self._advance()
        elif number <= self.checkpoints.sealed_until():
            self._bad(place, number, "вставлено: его нет ни в одной отметке")
        else:
            self._unsealed(place, number)
        self.last_id = number
        self._fold(place, number, digest)

    def _skip_to(self, place: int, number: int) -> None:
        while self._next and self._next[0] < number:
            self._bad(place, self._next[0], "пропало со своего места")
            self._advance()

    def _advance(self) -> None:
        self._next = next(self._expected, None) if self._expected else None

    def _unsealed(self, place: int, number: int) -> None:
        self.report.unsealed += 1
        if self.strict:
            self._bad(place, number, "дописано: его не покрывает ни одна отметка")

    def _fold(self, place: int, number: int, digest: str) -> None:
        self._close_before(place, number)
        self.head = folded(self.head, digest)
        self._count += 1

    def _close_before(self, place: int, number: int | None) -> None:
        """Compare the head with each checkpoint that ends before this event."""
        while self._heads and (number is None or self._heads[0]["last_id"] < number):
            statement = self._heads.pop(0)
            if self._clean and (statement.get("head"), statement.get("events")) != (self.head, self._count):
                name = f"отметка № {statement['number']}"
                self.report.bad(place, name, "отпечаток цепочки событий не сходится")
                self._clean = False

    def finish(self, place: int) -> None:
        self.start()
        self._skip_to(place, 1 << 62)
        self._close_before(place, None)

    def _bad(self, place: int, number: Any, reason: str) -> None:
        self._clean = False
        self.report.bad(place, f"событие № {number}", reason)
