"""A class list as a file: cells of its first filled sheet as text, nothing believed and nothing run."""

from __future__ import annotations

import csv
import io
from collections import Counter

from opora.foundation.access.refusals import Refusal
from opora.foundation.files.inspection import XLSX, inspect
from opora.foundation.files.scanning import scan
from opora.foundation.files.sheets import MOST_COLUMNS, book_of, cell_text, cells_of

from .columns import LEAST_NAMED, named_by

MOST_ROWS = 2000
MOST_BYTES = 5 * 1024 * 1024
LONGEST_CELL = 300
ENCODINGS = ("utf-8-sig", "cp1251")
SEPARATORS = ";\t,"  # the first of equally likely ones is taken

Cells = list[list[str]]


def read_cells(data: bytes, title: str) -> Cells:
    """Rows of an XLSX or a CSV, without blank ones at the end. Raises Refusal with what to do."""
    if len(data) > MOST_BYTES:
        raise Refusal("too_large", "Файл больше 5 МБ: оставьте в нём только список.", field="upload")
    cells = _of_text(data, title) if _is_text(data) else _of_book(data, title)
    while cells and not any(cells[-1]):
        cells.pop()
    if not cells:
        raise Refusal("empty", f"В файле «{title}» нет ни одной строки.", field="upload")
    if len(cells) > MOST_ROWS:
        raise Refusal("too_many", f"В списке больше {MOST_ROWS} строк. Разделите его на несколько.", field="upload")
    return cells


def _is_text(data: bytes) -> bool:
    return not data.startswith(b"PK") and b"\x00" not in data[:4096]


def _of_book(data: bytes, title: str) -> Cells:
    scan(data, title)
    try:
        checked = inspect(data, title)
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.message, field="upload") from None
    if checked.content_type != XLSX:
        raise Refusal("wrong_type", "Нужна таблица XLSX или CSV.", field="upload")
    words = f"Таблицу «{title}» не удалось прочесть. Откройте её у себя и сохраните заново."
    with book_of(checked.data, Refusal("broken", words, field="upload")) as book:
        sheets = ([_tidy(line) for line in cells_of(one, MOST_ROWS + 1, LONGEST_CELL)] for one in book.worksheets)
        return next((found for found in sheets if any(map(any, found))), [])


def _of_text(data: bytes, title: str) -> Cells:
    scan(data, title)
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refusal("wrong_type", "Нужна таблица XLSX или CSV.", field="upload")
    ways = [_split(text, parted) for parted in SEPARATORS]
    if not any(ways):
        raise Refusal("broken", f"Файл «{title}» не удалось прочесть как CSV.", field="upload")
    cells = max(ways, key=_likelihood)
    if max(map(len, cells), default=0) < LEAST_NAMED:
        raise Refusal("wrong_type", "Нужна таблица XLSX или CSV со столбцами.", field="upload")
    return [_tidy(line) for line in cells]


def _split(text: str, parted: str) -> Cells:
    """Rows under one separator; none where it does not fit."""
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=parted)
        texts = ([cell_text(value, LONGEST_CELL) for value in line[:MOST_COLUMNS]] for line in lines)
        return [line for line, _ in zip(texts, range(MOST_ROWS + 1), strict=False)]
    except csv.Error:
        return []


def _likelihood(cells: Cells) -> tuple[int, float]:
    """Under the right separator a row names columns, and rows are equally long: an address has commas of its own."""
    named = max(named_by(cells), default=0)
    widths = Counter(len(line) for line in cells if any(line))
    wide = max((count for width, count in widths.items() if width >= LEAST_NAMED), default=0)
    return (named if named >= LEAST_NAMED else 0, wide / (widths.total() or 1))


def _tidy(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells
