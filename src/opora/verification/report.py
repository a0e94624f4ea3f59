"""What a check has found, and how it is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """`line` of the file (0 when there is no file), the row in words, and what is wrong with it."""

    line: int
    row: str
    reason: str

    def __str__(self) -> str:
        place = f"строка файла {self.line}: " if self.line else ""
        return f"{place}{self.row} — {self.reason}"


@dataclass
class Report:
    """All that is said about one check. `unsealed` counts events that no checkpoint covers yet."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    unsealed: int = 0
    organisation: str = ""
    last_checkpoint: int = 0
    last_made_at: str = ""

    @property
    def good(self) -> bool:
        return not self.faults

    @property
    def first(self) -> Fault | None:
        """The first bad row, in the order of the file."""
        return min(self.faults, key=lambda fault: fault.line or 1 << 62) if self.faults else None

    def bad(self, line: int, row: str, reason: str) -> None:
        self.faults.append(Fault(line, row, reason))


MANY = 20


def told(report: Report, seconds: float) -> list[str]:
    """The report as Russian lines."""
    counts, rows = report.counts, sum(report.counts.values())
    lines = [
        f"Организация: {report.organisation or 'не названа'}",
        f"Прочитано: событий {counts['event']}, отметок {counts['checkpoint']}, "
        f"журналов {counts['series']}, записей журналов {counts['entry']}",
        f"Последняя отметка: № {report.last_checkpoint} от {report.last_made_at or '—'}",
        f"Стёрто по закону, отпечаток остался: {len(report.erased)}; цепочка этим не разорвана"
        if report.erased
        else "Стёртых записей нет",
        *report.notes,
        f"Скорость: {rows / max(seconds, 1e-9):,.0f} строк в секунду ({rows} за {seconds:.2f} с)".replace(",", " "),
    ]
    if report.first is None:
        return [*lines, "ИТОГ: всё сходится."]
    every = report.faults[:MANY]
    more = [f"… и ещё {len(report.faults) - MANY}"] if len(report.faults) > MANY else []
    return [*lines, f"ИТОГ: НЕ СХОДИТСЯ. Первая плохая строка — {report.first}", *map(str, every), *more]
