"""Tables as files. A cell is text and stays text: nothing that begins like a formula is ever run."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from openpyxl.cell import cell as cells
from openpyxl.styles import fonts
from openpyxl.workbook import workbook

# the library has no types
Workbook: Any = workbook.Workbook
WriteOnlyCell: Any = cells.WriteOnlyCell
Font: Any = fonts.Font

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LOOKED_PAST = " \u00a0\u200b\u2060\ufeff"  # signs that a table program may skip before it sees a formula
CELL_LIMIT = 32_767  # characters that a cell of XLSX can hold
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Written:
    content: bytes
    content_type: str
    count: int


def plain(value: Any) -> Any:
    """Numbers and dates as they are (moments in local time), nothing as an empty text, the rest as text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, (int, float, date)):
        return value
    return cells.ILLEGAL_CHARACTERS_RE.sub("", str(value))


def guarded(value: Any) -> str:
    """The text of a CSV cell; what begins like a formula gets an apostrophe before it."""
    kept = plain(value)
    if isinstance(kept, datetime):
        return f"{kept:%d.%m.%Y %H:%M}"
    if isinstance(kept, date):
        return f"{kept:%d.%m.%Y}"
    if isinstance(kept, str):
        return f"'{kept}" if kept.lstrip(LOOKED_PAST).startswith(FORMULA_STARTS) else kept
    return str(kept)


def as_csv(title: str, heads: list[str], rows: Iterable[list[Any]]) -> Written:
    """CSV as Russian office programs open it: semicolons, UTF-8 with a mark."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(head) for head in heads])
    count = 0
    for row in rows:
        writer.writerow([guarded(value) for value in row])
        count += 1
    return Written(sheet.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", count)


def as_xlsx(title: str, heads: list[str], rows: Iterable[list[Any]]) -> Written:
    """XLSX with every text written as a text cell."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "Список")
    sheet.freeze_panes = "A2"
    for number, head in enumerate(heads):
        sheet.column_dimensions[chr(65 + number) if number < 26 else "AA"].width = max(14, min(40, len(head) + 4))
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    file = io.BytesIO()
    book.save(file)
    return Written(file.getvalue(), XLSX, count)


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    kept = plain(value)
    cell = WriteOnlyCell(sheet, kept[:CELL_LIMIT] if isinstance(kept, str) else kept)
    if isinstance(kept, str):
        cell.data_type = "s"
        cell.quotePrefix = True
    elif isinstance(kept, datetime):
        cell.number_format = "DD.MM.YYYY HH:MM"
    elif isinstance(kept, date):
        cell.number_format = "DD.MM.YYYY"
    if bold:
        cell.font = Font(bold=True)
    return cell


EXPORTS: dict[str, Callable[[str, list[str], Iterable[list[Any]]], Written]] = {"csv": as_csv, "xlsx": as_xlsx}
