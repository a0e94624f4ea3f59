"""A table of a screening as a file: found columns, rows as text, nothing believed and nothing run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import cell as cells

from opora.foundation.access.refusals import Refusal
from opora.foundation.files.sheets import MOST_COLUMNS, book_of, cells_of

range_boundaries: Any = cells.range_boundaries  # the library has no types

MOST_ROWS = 5000
HEAD_WITHIN = 20  # rows of titles that may stand over the head
LONGEST_CELL = 2000
SAMPLE = "Скачайте образец и перенесите в него данные."
# What a column is called, without spaces and signs.
NAMES: dict[str, tuple[str, ...]] = {
    "name": ("фио", "фамилияимяотчество", "фамилияимя", "ученик", "обучающийся", "фиообучающегося", "фиоученика",
             "фиоребенка", "фамилияимяобучающегося"),
    "last": ("фамилия",),
    "first": ("имя",),
    "middle": ("отчество",),
    "room": ("класс", "группа", "классгруппа"),
    "level": ("уровень", "уровеньвнимания", "внимание", "результат", "зона", "группавнимания"),
    "note": ("примечание", "комментарий", "чтопоказало", "чтопоказал", "особенности", "рекомендации"),
    "risk": ("суицидальныйриск", "признакисуицидальногориска", "признакисуицида"),
}  # fmt: skip
_LETTERS = re.compile(r"[^а-яa-z]")
_MERGED = re.compile(rb'<mergeCell\s[^>]*ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


@dataclass(frozen=True)
class Row:
    """One line of the table with its number in the file."""

    number: int
    name: str
    room: str
    level: str
    note: str
    risk: str


def read_rows(data: bytes, title: str) -> list[Row]:
    """The rows of the first sheet that has a head. `data` is a checked XLSX. Raises Refusal with what to do."""
    words = f"Таблицу «{title}» не удалось прочесть. Откройте её у себя и сохраните заново как XLSX."
    with book_of(data, Refusal("broken", words)) as book:
        return _from_book(book, data, title)


def _from_book(book: Any, data: bytes, title: str) -> list[Row]:
    seen: list[str] = []
    for sheet in book.worksheets:
        cells = list(cells_of(sheet, MOST_ROWS + HEAD_WITHIN + 1, LONGEST_CELL))
        found = _head(cells, seen)
        if found is None:
            continue
        at, columns = found
        _fill_merged(cells, at, _merged(data, sheet))
        rows = [_row(number, line, columns) for number, line in enumerate(cells[at + 1 :], at + 2)]
        filled = [row for row in rows if row.name or row.level]
        if len(filled) > MOST_ROWS:
            raise Refusal("too_many", f"В таблице больше {MOST_ROWS} строк. Разделите её на несколько.")
        if not filled:
            raise Refusal("empty", f"В таблице «{title}» под заголовком нет ни одной строки.")
        return filled
    what = f" Нашлись столбцы: {', '.join(seen[:8])}." if seen else ""
    raise Refusal("no_head", f"Не нашлись столбцы «ФИО» и «Уровень внимания».{what} {SAMPLE}"[:300])


def _head(cells: Sequence[Sequence[str]], seen: list[str]) -> tuple[int, dict[str, int]] | None:
    """Where the head stands and which column is which; in any order."""
    for at, line in enumerate(cells[:HEAD_WITHIN]):
        columns: dict[str, int] = {}
        for place, text in enumerate(line):
            kind = _kind(text)
            if kind:
                columns.setdefault(kind, place)
        if "level" in columns and ("name" in columns or {"last", "first"} <= set(columns)):
            return at, columns
        if columns:
            seen += [text for text in line if text]
    return None


def _kind(text: str) -> str:
    word = _LETTERS.sub("", text.lower().replace("ё", "е"))
    return next((kind for kind, names in NAMES.items() if word in names), "")


def _merged(data: bytes, sheet: Any) -> list[tuple[int, int, int, int]]:
    """Merged cells of the sheet, as (first column, first row, last column, last row)."""
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if path not in archive.namelist():
            return []
        found = _MERGED.findall(archive.read(path))
    return [range_boundaries(one.decode("ascii")) for one in found[:MOST_ROWS]]


def _fill_merged(cells: list[list[str]], head: int, merged: list[tuple[int, int, int, int]]) -> None:
    """A cell merged over several lines stands in each of them: a class written once beside its pupils."""
    for left, top, right, bottom in merged:
        if top <= head + 1 or left != right or left > MOST_COLUMNS or top > len(cells):
            continue
        for number in range(top, min(bottom, len(cells))):
            if left <= len(cells[number]):
                cells[number][left - 1] = cells[top - 1][left - 1]


def _row(number: int, line: Sequence[str], columns: dict[str, int]) -> Row:
    def cell(kind: str) -> str:
        place = columns.get(kind, -1)
        return line[place] if 0 <= place < len(line) else ""

    name = cell("name") or " ".join(filter(None, (cell("last"), cell("first"), cell("middle"))))
    return Row(number, name[:200], cell("room")[:40], cell("level")[:80], cell("note"), cell("risk")[:20])
