"""Figures of a passport: frozen ones as they were approved, of an open one as the facts of its day are now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opora.people.law import law_on
from opora.regulations.service.reading import Mismatch, passport_mismatches

from .counting import Figure, School, figures_of
from .models import PassportFigure, PassportRow, SocialPassport
from .reading import read_school
from .rows import rows_of

COUNTERS = {"families": "семей", "children": "детей в них", "pupils": "обучающихся"}


@dataclass(frozen=True, slots=True)
class Count:
    """Three counters of a row, frozen or not."""

    row: PassportRow
    families: int
    children: int
    pupils: int
    guessed: int = 0
    behind: frozenset[int] = frozenset()
    is_frozen: bool = False

    @property
    def counts(self) -> dict[str, int]:
        return {"families": self.families, "children": self.children, "pupils": self.pupils}


def of_figure(one: Figure) -> Count:
    return Count(one.row, one.families, one.children, one.pupils, one.guessed, one.behind)


def counts_now(passport: SocialPassport, school: School | None = None) -> list[Count]:
    """Counted over the facts of the passport's day, whatever is frozen."""
    school = school or read_school(passport.organisation, passport.on)
    return [of_figure(one) for one in figures_of(school, rows_of(passport.organisation), passport.school_class_id)]


def counts_frozen(passport: SocialPassport) -> list[Count]:
    rows = PassportFigure.objects.of(passport.organisation).filter(passport=passport).select_related("row")
    found = rows.order_by("row__order", "row_id")
    return [Count(one.row, one.families, one.children, one.pupils, is_frozen=True) for one in found]


def counts_of(passport: SocialPassport) -> list[Count]:
    """What stands in the passport; two queries for a frozen one."""
    return counts_frozen(passport) if passport.is_frozen else counts_now(passport)


def by_code(counts: Iterable[Count]) -> dict[str, dict[str, int]]:
    return {one.row.code: one.counts for one in counts}


def mismatches_of(passport: SocialPassport, counts: Iterable[Count]) -> tuple[Mismatch, ...]:
    """Rows that do not add up, by the law's data of the day."""
    return passport_mismatches(law_on(passport.on), by_code(counts))


def difference(now: Mapping[str, int], before: Mapping[str, int]) -> dict[str, int]:
    return {counter: now.get(counter, 0) - before.get(counter, 0) for counter in COUNTERS}
