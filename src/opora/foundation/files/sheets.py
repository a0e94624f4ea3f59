"""Sheets of a checked table: their cells as texts, nothing believed and nothing run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl.reader import excel
from openpyxl.utils.exceptions import InvalidFileException

from opora.foundation.access.refusals import Refusal

load_workbook: Any = excel.load_workbook  # the library has no types
MOST_COLUMNS = 40
BROKEN = (
    InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError,
    OSError, EOFError, RuntimeError, OverflowError,
)  # fmt: skip


@contextmanager
def book_of(data: bytes, broken: Refusal) -> Iterator[Any]:
    """The book, to be read before it is closed. Raises `broken` for whatever the library stumbles over meanwhile."""
    try:
        book: Any = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()
    except BROKEN as error:
        raise broken from error


def cells_of(sheet: Any, most: int, longest: int) -> Iterator[list[str]]:
    """At most so many rows, as wide as the widest table of ours."""
    for line in sheet.iter_rows(min_row=1, max_row=most, max_col=MOST_COLUMNS, values_only=True):
        yield [cell_text(value, longest) for value in line]


def cell_text(value: Any, longest: int) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).replace("\x00", "").split())[:longest]
