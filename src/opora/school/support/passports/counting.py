"""What the figures of a passport are: read once on a day, counted in memory, the same for a class and the school.

A family is a component of children joined by present guardians. A row of a family is true of all its children here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from opora.regulations.entries import Vocabulary

from .models import PassportRow

TOTAL = "all"


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child in a class on the day, with what its card says."""

    key: int
    room: int
    family: int
    sex: str = ""
    registration: str = ""
    kinds: frozenset[str] = frozenset()
    children_count: int | None = None


@dataclass(frozen=True)
class School:
    """Everybody in a class on a day. `marks`: a source, or `fact:<key of row>`, -> keys of children."""

    on: date
    pupils: Mapping[int, Pupil]
    marks: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        members: dict[int, list[int]] = defaultdict(list)
        for pupil in self.pupils.values():
            members[pupil.family].append(pupil.key)
        object.__setattr__(self, "members", dict(members))
        object.__setattr__(self, "declared", {family: self._declared(keys) for family, keys in members.items()})

    members: Mapping[int, list[int]] = field(init=False, default_factory=dict)
    declared: Mapping[int, int] = field(init=False, default_factory=dict)  # 0: on no card

    def _declared(self, keys: Iterable[int]) -> int:
        return max((self.pupils[key].children_count or 0 for key in keys), default=0)

    def size_of(self, family: int) -> int:
        """Children of a family: as a card says, but no fewer than are here."""
        return max(self.declared[family], len(self.members[family]))


@dataclass(frozen=True, slots=True)
class Figure:
    """Three counters of a row; `guessed` families have no number of children on any card, those here are counted."""

    row: PassportRow
    families: int
    children: int
    pupils: int
    guessed: int = 0
    behind: frozenset[int] = frozenset()

    @property
    def counts(self) -> dict[str, int]:
        return {"families": self.families, "children": self.children, "pupils": self.pupils}

    @property
    def is_empty(self) -> bool:
        return not self.pupils


def true_of(school: School, row: PassportRow) -> set[int]:
    """Children of whom a row is true by themselves."""
    if not row.source:
        return set(school.marks.get(f"fact:{row.pk}", ()))
    kind, _, value = row.source.partition(":")
    pupils = school.pupils.values()
    if kind == TOTAL:
        return set(school.pupils)
    if kind == "child.sex":
        return {one.key for one in pupils if one.sex == value}
    if kind == "child.registration":
        return {one.key for one in pupils if one.registration == value}
    if kind in ("family.kind", "family.status"):
        return {one.key for one in pupils if value in one.kinds}
    if kind == "family.children":
        least = int(value or 3)
        return {one.key for one in pupils if school.size_of(one.family) >= least}
    return set(school.marks.get(row.source, ()))


def behind_of(school: School, row: PassportRow) -> frozenset[int]:
    """Children of whom a row is true; one of a family makes it true of brothers and sisters."""
    found = true_of(school, row) & school.pupils.keys()
    if not row.of_family:
        return frozenset(found)
    families = {school.pupils[key].family for key in found}
    return frozenset(key for family in families for key in school.members[family])


def figure_of(school: School, row: PassportRow, behind: Collection[int]) -> Figure:
    """Counters of the children behind a row."""
    families = {school.pupils[key].family for key in behind}
    return Figure(
        row=row,
        families=len(families),
        children=sum(school.size_of(one) for one in families),
        pupils=len(behind),
        guessed=sum(not school.declared[one] for one in families),
        behind=frozenset(behind),
    )


def figures_of(school: School, rows: Iterable[PassportRow], room: int | None = None) -> list[Figure]:
    """All rows, of the whole school or of one class."""
    figures = []
    for row in rows:
        found = behind_of(school, row)
        if room is not None:
            found = frozenset(key for key in found if school.pupils[key].room == room)
        figures.append(figure_of(school, row, found))
    return figures


def figures_by_class(school: School, rows: Iterable[PassportRow]) -> dict[int, list[Figure]]:
    """The same for every class at once."""
    rooms: dict[int, list[Figure]] = {pupil.room: [] for pupil in school.pupils.values()}
    for row in rows:
        parts: dict[int, list[int]] = defaultdict(list)
        for key in behind_of(school, row):
            parts[school.pupils[key].room].append(key)
        for room, figures in rooms.items():
            figures.append(figure_of(school, row, parts[room]))
    return rooms


def education_codes(vocabulary: Vocabulary) -> dict[str, str]:
    """What a card says of education in words -> its code: «высшее» -> higher."""
    return {title.lower(): code for code, title in vocabulary.pairs}


def education_code(words: str, codes: Mapping[str, str]) -> str:
    """The code of the words, which may go on after the title: «высшее, педагогическое»; empty for others."""
    said = words.strip().lower()
    return next((code for title, code in codes.items() if said == code or said.startswith(title)), "")
