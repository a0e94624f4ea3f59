"""What the stories of this room need beside the cast of a school: tables as files, a class of many."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from opora.foundation.files.inspection import XLSX
from opora.people.children.models import Child
from opora.school.pupils.models import SchoolClass
from tests.school_cast import pupil_of

HEADS = ["ФИО", "Класс", "Уровень внимания", "Примечание", "Суицидальный риск"]
LASTS = ("Агапов", "Белов", "Воронин", "Гордеев", "Демидов", "Ефимов", "Зимин", "Исаев", "Карпов", "Ларин")
FIRSTS = ("Артём", "Богдан", "Виктор", "Григорий", "Денис")


def book(rows: Sequence[Sequence[Any]], *, heads: Sequence[str] = HEADS, merged: Sequence[str] = ()) -> bytes:
    """A table as a school would make it."""
    made = Workbook()
    sheet = made.active
    for row in ([*heads], *rows):
        sheet.append(list(row))
    for one in merged:
        sheet.merge_cells(one)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def upload(data: bytes, name: str = "СПТ.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=XLSX)


def many(room: SchoolClass, count: int) -> list[Child]:
    """Children of a class with names of their own."""
    return [
        pupil_of(room, f"{LASTS[at % 10]}{'аеиоу'[at // 50 % 5] if at >= 50 else ''}", FIRSTS[at // 10 % 5], "Ильич")
        for at in range(count)
    ]
