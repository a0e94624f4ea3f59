"""The sheet of a class: its children as rows, what is ticked of them as columns; a section, or a child, at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.people.law import law_on

from .checks import Check, sum_checks
from .counting import School, behind_of, true_of
from .models import PassportRow, SocialPassport
from .reading import read_school
from .rows import Column, Part, is_seen, is_ticked, rows_of, sheet_parts, whence
from .sums import Count, counts_now


@dataclass(frozen=True)
class Cell:
    """What is said of a child in a column: `chosen` is the public id of the row, empty when none is true."""

    column: Column
    chosen: str
    of_kin: bool = False  # said of a brother or sister alone
    asked: bool = True  # «кто воспитывает» is asked of incomplete families alone


@dataclass(frozen=True)
class PupilLine:
    child: Child
    count: int | None
    cells: list[Cell]
    kin: tuple[int, ...] = ()  # brothers and sisters in the same class
    typed: str | None = None  # what stands in the box of the number after a refusal

    @property
    def count_words(self) -> str:
        """The number of children as its box has it."""
        return self.typed if self.typed is not None else str(self.count or "")

    def with_typed(self, count: str | None, chosen: Mapping[str, str]) -> PupilLine:
        """The line with what was typed and refused: `chosen` is the row by the key of its column."""
        cells = [
            replace(cell, chosen=said) if cell.asked and _offers(cell.column, said) else cell
            for cell in self.cells
            for said in [chosen.get(cell.column.key, "")]
        ]
        return replace(self, cells=cells, typed=count)


def _offers(column: Column, chosen: str) -> bool:
    return not chosen or chosen in {row.public_id for row in column.rows}


@dataclass(frozen=True)
class Sheet:
    """One section of the sheet with what stands below it."""

    passport: SocialPassport
    parts: list[Part]
    part: Part
    lines: list[PupilLine]
    totals: list[tuple[PassportRow, Count]] = field(default_factory=list)
    counted: list[tuple[PassportRow, Count, str]] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    @property
    def is_last(self) -> bool:
        return self.part.number == len(self.parts)

    @property
    def asks_count(self) -> bool:
        """The number of children in the family stands in the first section."""
        return self.part.number == 1

    @property
    def unsaid(self) -> list[tuple[Column, int]]:
        """Choices that are still open, with the number of children."""
        found = []
        for at, column in enumerate(self.part.columns):
            cells = [line.cells[at] for line in self.lines]
            if column.is_choice:
                found.append((column, sum(one.asked and not one.chosen for one in cells)))
        return found


class Sheets:
    """All that the sheets of a class are made of, read once."""

    def __init__(self, actor: Actor, passport: SocialPassport) -> None:
        self.passport = passport
        self.school = read_school(passport.organisation, passport.on)
        rows = rows_of(passport.organisation)
        # A school that has switched off every row has a sheet of one empty section.
        self.parts = sheet_parts(actor, law_on(passport.on), rows) or [Part(1, "Отмечать нечего", [])]
        counts = counts_now(passport, self.school)
        self.by_row = {one.row.pk: one for one in counts}
        self.checks = sum_checks(actor, passport, counts)
        self.counted = [
            (row, self.by_row[row.pk], whence(row)) for row in rows if not is_ticked(row) and is_seen(actor, row)
        ]
        here = [one.key for one in self.school.pupils.values() if one.room == passport.school_class_id]
        known = Child.objects.visible_to(actor).filter(pk__in=here)
        self.children = list(known.order_by("last_name", "first_name", "middle_name", "pk"))

    def number_of(self, number: int) -> int:
        """A number of a section that is there."""
        return min(max(number, 1), len(self.parts))

    def section(self, number: int, only: Collection[int] | None = None) -> Sheet:
        """The section of this number; with `only`, the rows of these children alone."""
        part = self.parts[self.number_of(number) - 1]
        true = {
            row.pk: (true_of(self.school, row), behind_of(self.school, row))
            for column in part.columns
            for row in (*column.rows, *filter(None, [column.within]))
        }
        known = {one.pk for one in self.children}
        children = [one for one in self.children if only is None or one.pk in only]
        return Sheet(
            passport=self.passport, parts=self.parts, part=part,
            lines=[_line(self.school, child, part.columns, true, known) for child in children],
            totals=[(row, self.by_row[row.pk]) for column in part.columns for row in column.rows],
            counted=self.counted, checks=self.checks,
        )  # fmt: skip


def column_of(actor: Actor, passport: SocialPassport, key: str) -> Column | None:
    """The column of this key among those that the actor ticks."""
    parts = sheet_parts(actor, law_on(passport.on), rows_of(passport.organisation))
    return next((one for part in parts for one in part.columns if one.key == key), None)


def _line(
    school: School, child: Child, columns: Collection[Column], true: dict[int, tuple[set[int], frozenset[int]]],
    known: set[int],
) -> PupilLine:  # fmt: skip
    cells = []
    for column in columns:
        row = next((one for one in column.rows if child.pk in true[one.pk][1]), None)
        of_kin = row is not None and child.pk not in true[row.pk][0]
        asked = column.within is None or row is not None or child.pk in true[column.within.pk][1]
        cells.append(Cell(column, row.public_id if row else "", of_kin, asked))
    family = school.pupils[child.pk].family
    kin = tuple(key for key in school.members[family] if key != child.pk and key in known)
    return PupilLine(child, school.declared[family] or None, cells, kin)
