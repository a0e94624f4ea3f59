"""Titles of classes and the years they are of. Pure functions."""

from __future__ import annotations

import re
from datetime import date

from opora.people.children.models import Enrolment
from opora.people.children.validation import title as tidied

LAST_GRADE = 12  # the evening school and the schools for children with disabilities have a twelfth
SEPTEMBER = 9
NBSP = "\u00a0"
_GRADED = re.compile(r"(\d{1,2})\s*[-–—]?\s*[«\"]?\s*([А-ЯЁA-Z]?)\s*[»\"]?\s*(?:класс|кл\.?)?", re.IGNORECASE)
_LEVELS = ((4, Enrolment.Level.PRIMARY), (9, Enrolment.Level.BASIC), (LAST_GRADE, Enrolment.Level.SECONDARY))


def year_of(day: date) -> int:
    """The calendar year in which the school year of a day begins."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def year_title(year: int) -> str:
    """«2026/27»."""
    return f"{year}/{(year + 1) % 100:02d}"


def first_day(year: int) -> date:
    return date(year, SEPTEMBER, 1)


def last_day(year: int) -> date:
    """The day before the next school year."""
    return date(year + 1, SEPTEMBER - 1, 31)


def class_title(text: str) -> str:
    """«4а», «4 А», «4-"А"» and «4 «А» класс» are all «4 «А»»; the name of a group stays as it is written."""
    tidy = tidied(text)
    found = _GRADED.fullmatch(tidy)
    if not found or not 1 <= int(found[1]) <= LAST_GRADE:
        return tidy
    return f"{int(found[1])} «{found[2].upper()}»" if found[2] else f"{int(found[1])}"


def grade_of(title: str) -> int | None:
    """The grade of a class; None for a group of a kindergarten."""
    found = _GRADED.fullmatch(title)
    return int(found[1]) if found and 1 <= int(found[1]) <= LAST_GRADE else None


def level_of(title: str) -> str:
    """The level that the grade tells; preschool for a group."""
    grade = grade_of(title)
    if grade is None:
        return str(Enrolment.Level.PRESCHOOL)
    return str(next(level for last, level in _LEVELS if grade <= last))


def title_after(title: str) -> str:
    """What the class is called next year: «4 «А»» becomes «5 «А»»; empty after the eleventh."""
    grade = grade_of(title)
    if grade is None:
        return title
    if grade >= LAST_GRADE - 1:
        return ""
    return title.replace(str(grade), str(grade + 1), 1)


def order_of(title: str) -> tuple[int, str]:
    """Classes stand by their grade: the second before the tenth, groups of a kindergarten first."""
    return grade_of(title) or 0, title
