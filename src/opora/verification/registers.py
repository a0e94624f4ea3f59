"""Registers: numbers without gaps, lines chained by hash, contents that were erased by law."""

from __future__ import annotations

from dataclasses import dataclass, field

from .canon import ENTRY_FIELDS, SHORT, Record, canonical, entry_digest, entry_mark, sha256
from .chain import Checkpoints
from .report import Report

ENTRY = "entry"


@dataclass
class Registers:
    """Reads series and their lines as they come; the first fault of a series is the one that counts."""

    report: Report
    checkpoints: Checkpoints
    strict: bool
    known: dict[str, tuple[int, int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    series: Record | None = None
    lines: int = 0
    last: int = 0
    head: str = ""
    broken: bool = False

    @property
    def name(self) -> str:
        return f"{self.series['series']}/{self.series['year']}" if self.series else ""

    def open(self, place: int, series: Record) -> None:
        """The next register of the file."""
        self.close(place)
        self.series, self.lines, self.last, self.head, self.broken = series, 0, 0, "", False
        if self.name in self.seen:
            self.report.bad(place, f"журнал {self.name}", "записан дважды")
        self.seen.add(self.name)

    def feed(self, place: int, entry: Record) -> None:
        """One line of the open register."""
        if self.series is None or f"{entry['series']}/{entry['year']}" != self.name:
            self.report.bad(place, f"журнал {entry['series']}/{entry['year']}", "запись стоит не в своём журнале")
            return
        self.lines += 1
        self.last += entry["type"] == ENTRY
        reason = self._fault(entry)
        if entry["state"] == "erased":
            self.report.erased.append(f"{self.name}: строка {entry['line']}")
        if reason and not self.broken:
            self.report.bad(place, f"журнал {self.name}, строка {self.lines}", reason)
            self.broken = True
        self.head = entry["digest"]
        self.known[entry["digest"]] = (entry["number"], entry["number_year"])

    def _fault(self, entry: Record) -> str:
        if set(ENTRY_FIELDS) - entry.keys() or entry.keys() - {"kind", "salt", "content", *ENTRY_FIELDS}:
            return "поля записи изменены"
        if entry["line"] != self.lines:
            return "пропущена строка"
        if (entry["number"], entry["number_year"]) != self._expected_number(entry):
            return "пропущен номер"
        if entry["previous"] != self.head:
            return "строка не связана с предыдущей"
        return self._fault_of_content(entry) or self._fault_of_hash(entry)

    def _expected_number(self, entry: Record) -> tuple[int, int]:
        if entry["corrects"]:
            return self.known.get(entry["corrects"], (0, 0))
        return self.last, entry["year"]

    def _fault_of_content(self, entry: Record) -> str:
        """A kept content has its commitment; of an erased one, or one that was left out, only that remains."""
        given = {"content", "salt"} & entry.keys()
        if entry["state"] != "kept":
            return "содержание изменено" if given or entry["state"] not in ("erased", "withheld") else ""
        if given != {"content", "salt"}:
            return "содержание пропало"
        whole = sha256(entry["salt"] + canonical(entry["content"])) == entry["commitment"]
        return "" if whole else "содержание изменено"

    def _fault_of_hash(self, entry: Record) -> str:
        if entry["digest"] != entry_digest(entry):
            return "запись изменена"
        sealed = self.checkpoints.lines.get(self.name, {}).get(entry["line"])
        if sealed is None:
            return "запись дописана: её не покрывает ни одна отметка" if self.strict else ""
        if bytes.fromhex(entry_mark(entry))[:SHORT] != sealed:
            return "запись не та, что заверена отметкой"
        return ""

    def close(self, place: int) -> None:
        """The end of a register: its counter, and how far the checkpoints saw it."""
        if self.series is None or self.broken:
            return
        wanted = (self.series["last"], self.series["lines"], self.series["head"])
        sealed = max(self.checkpoints.lines.get(self.name, {}), default=0)
        row = f"журнал {self.name}, строка {self.lines + 1}"
        if self.lines < sealed:
            self.report.bad(place, row, "пропала: отметка её видела")
        elif wanted != (self.last, self.lines, self.head):
            self.report.bad(place, row, "конец журнала не сходится со счётчиком")

    def finish(self, place: int) -> None:
        self.close(place)
        for name in sorted(self.checkpoints.lines.keys() - self.seen):
            self.report.bad(place, f"журнал {name}", "пропал целиком: отметка его видела")
