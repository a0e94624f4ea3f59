"""Formulas in every field of every row, and every table that the product gives out as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import openpyxl
from django.http import HttpResponse

from tests.permissions.savepoints import cell

from .payloads import FORMULAS
from .planting import plant
from .stage import Stage, body_of, route_of, routes
from .trial import overhearing

KINDS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
BLANK = " \u00a0\ufeff\u200b\u2060"  # table programs look past these
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass
class Exported:
    """`tables` are the exports that were met, `guarded` the cells that would have been formulas."""

    tables: set[str] = field(default_factory=set)
    cells: int = 0
    guarded: int = 0
    faults: list[str] = field(default_factory=list)


def exported(stage: Stage, formulas: Sequence[str] = FORMULAS, *, everywhere: bool = True) -> Exported:
    """Every table with each formula. `everywhere` asks all addresses for one, not those alone that offer it."""
    found = Exported()
    names = list(routes()) if everywhere else [name for name, page in stage.pages.items() if "format=csv" in page]
    for formula in formulas:
        with cell(), overhearing() as heard:
            plant(formula)
            for name in names:
                for kind in KINDS:
                    _ask(found, stage, name, kind)
                found.faults += [f"{name} {formula!r}: {one}" for one in heard]
                heard.clear()
        names = sorted({table.split()[0] for table in found.tables})
    return found


def _ask(found: Exported, stage: Stage, name: str, kind: str) -> None:
    declared = route_of(name)
    if declared is None or "GET" not in declared.methods:
        return
    with cell():
        answer = stage.keeper(name).client.get(f"{stage.address(name)}?format={kind}")
        if answer.get("Content-Type", "").startswith(KINDS[kind]):
            found.tables.add(f"{name} {kind}")
            (_csv if kind == "csv" else _xlsx)(found, name, answer)


def _csv(found: Exported, name: str, answer: HttpResponse) -> None:
    """No cell begins like a formula, however the file is cut into cells."""
    text = body_of(answer).removeprefix("\ufeff")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        for value in row:
            found.cells += 1
            found.guarded += value.startswith("'")
            if value.lstrip(BLANK).startswith(STARTS) and not _is_number(value):
                found.faults.append(f"{name} csv: {value[:60]!r}")


def _xlsx(found: Exported, name: str, answer: HttpResponse) -> None:
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    for sheet in book:
        for row in sheet.iter_rows():
            for one in row:
                found.cells += 1
                if one.data_type == "f":
                    found.faults.append(f"{name} xlsx {one.coordinate}: {str(one.value)[:60]!r}")
                if isinstance(one.value, str) and one.value.lstrip(BLANK).startswith(STARTS):
                    found.guarded += 1
                    if not one.quotePrefix:
                        found.faults.append(
                            f"{name} xlsx {one.coordinate} may be read as a formula: {one.value[:60]!r}"
                        )


def _is_number(value: str) -> bool:
    return value.removeprefix("-").isdigit()
