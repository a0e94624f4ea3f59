"""Children: whom the service worked with, by the level of their class and among those with limitations (ОВЗ)."""

from __future__ import annotations

from django.db.models import Q

from opora.people.children.models import Child, Enrolment

from ...worklog.counting import LESSONS
from ...worklog.models import EntryChild
from .tables import PERCENT, TOTAL, Behind, Counted, Line, Measure, Phrase, Rule, lines_of, share
from .work import HEAD
from .year import Year

LIMITED, OUTSIDE = "limited", "outside"
COVERAGE = (
    Measure("covered", "с кем работали"), Measure("pupils", "всего обучающихся"),
    Measure("share", "охват, %", PERCENT, opens=False),
)  # fmt: skip
VISITS = (Measure("visits", "отметок"), Measure("share", "доля, %", PERCENT, opens=False))


def _rows(year: Year) -> dict[str, tuple[set[int], set[int]]]:
    """Row -> children with whom was worked, and all of them."""
    met = year.met
    rows: dict[str, tuple[set[int], set[int]]] = {}
    for level in Enrolment.Level.values:
        pupils = {child for child, of in year.levels.items() if of == level}
        rows[level] = (pupils & met, pupils)
    rows[OUTSIDE] = (met - year.levels.keys(), set())
    rows[LIMITED] = (year.limited & met, year.limited)
    rows[TOTAL] = (met, set(year.levels))
    return rows


def _covered(year: Year) -> Counted:
    rows = {
        code: (len(met), len(pupils), share(len(met & pupils), len(pupils)))
        for code, (met, pupils) in _rows(year).items()
    }
    levels = lines_of(Enrolment.Level.choices, rows, 3)
    others = lines_of(((OUTSIDE, "не в классах этого года"), (LIMITED, "из всех — обучающиеся с ОВЗ")), rows, 3)
    return Counted((*levels, *others), rows[TOTAL])


def _children(year: Year, row: str, measure: str) -> Behind | None:
    met, pupils = _rows(year).get(row, (set(), set()))
    return Behind(Child, Q(pk__in=pupils if measure == "pupils" else met))


def _attendance(year: Year) -> Counted:
    found = dict.fromkeys(EntryChild.Attendance.values, 0) | year.attended
    every = sum(found.values())
    lines = tuple(
        Line(str(code), str(label), (found[code], share(found[code], every)))
        for code, label in EntryChild.Attendance.choices
    )
    return Counted(lines, (every, 100 if every else 0))


def _visits(year: Year, row: str, _: str) -> Behind:
    lessons = Q(entry__is_draft=False, entry__kind__in=LESSONS) & year.days("entry__on")
    return Behind(EntryChild, lessons if row == TOTAL else lessons & Q(attendance=row))


COVERED = Rule(
    "covered", "Охват обучающихся работой Службы", HEAD, COVERAGE, _covered, _children,
    Phrase("Служба работала с", "обучающимся,обучающимися,обучающимися"),
)  # fmt: skip
ATTENDANCE = Rule("attendance", "Посещение занятий", HEAD, VISITS, _attendance, _visits)
