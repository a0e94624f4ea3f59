"""A file opened in a table program runs nothing."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from opora.foundation.ui.exports import as_csv, as_xlsx, guarded

DANGEROUS = [
    "=1+1",
    "+7 900",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("x")',
    "＝1",
    " =1",
    "\u00a0-1",
    "\ufeff=1",
    "\u200b@1",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_begins_like_a_formula_is_guarded(text):
    assert guarded(text) == "'" + text


def test_numbers_dates_and_nothing_are_written_plainly():
    assert [guarded(value) for value in (-5, None, True, date(2026, 11, 21))] == ["-5", "", "да", "21.11.2026"]


def test_csv_opens_in_russian_office():
    written = as_csv("Дети", ["ФИО", "Дело"], [["Ким; Ян", 1], ["=x", 2]])
    text = written.content.decode("utf-8-sig")
    assert written.content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(text), delimiter=";")) == [["ФИО", "Дело"], ["Ким; Ян", "1"], ["'=x", "2"]]
    assert written.count == 2


def test_xlsx_cells_are_text_even_when_they_look_like_formulas():
    written = as_xlsx("Дети: [все]", ["ФИО", "Дата"], [[text, date(2026, 11, 21)] for text in DANGEROUS])
    sheet = openpyxl.load_workbook(io.BytesIO(written.content)).active
    for row, text in zip(sheet.iter_rows(min_row=2), DANGEROUS, strict=True):
        assert row[0].data_type == "s"
        assert row[0].value.strip() == text.strip()
        assert row[1].is_date


def test_signs_that_break_the_file_are_dropped():
    written = as_xlsx("Дети", ["ФИО"], [["a\x00b\x0bc"], ["я" * 40_000]])
    sheet = openpyxl.load_workbook(io.BytesIO(written.content)).active
    assert sheet["A2"].value == "abc"
    assert len(sheet["A3"].value) == 32_767
