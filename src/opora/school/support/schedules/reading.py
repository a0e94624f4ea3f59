"""A timetable of a class pasted from a table: what is recognised, and what is wrong with it. Pure functions.

Two shapes are understood. A table: days in the heading, times in the first column, subjects in the cells, parted by
tabs, semicolons or bars. A list: «Пн 8:30—9:15 Математика», a lesson in each line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from itertools import pairwise

DAYS = {"пн": 1, "понедельник": 1, "вт": 2, "вторник": 2, "ср": 3, "среда": 3, "чт": 4, "четверг": 4,
        "пт": 5, "пятница": 5, "сб": 6, "суббота": 6}  # fmt: skip
MOST = 80  # lessons of one class
SUBJECT = 80
_CELLS = re.compile(r"\t|;|\|")
_WORDS = re.compile(r"[\s;|]+")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:\s*(?:-|–|—|до)\s*(\d{1,2})[:.](\d{2}))?")
# The number of a row has a point, a bracket or a space after it: «10:25» is no «1» before «0:25».
_NUMBERED = re.compile(r"^\s*\d{1,2}(?:\s*[.)]\s*|\s+)(?=\d{1,2}[:.]\d{2})")


@dataclass(frozen=True, order=True)
class LessonLine:
    """One lesson of a class."""

    weekday: int
    starts_at: time
    ends_at: time
    subject: str


@dataclass
class Timetable:
    """What was read: lessons in order, and what is wrong, with the number of the line."""

    lessons: list[LessonLine] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def read_timetable(text: str, minutes: int) -> Timetable:
    """Read a pasted timetable; a time without an end lasts `minutes`. Nothing is half-read: errors name their lines."""
    found = Timetable()
    days: dict[int, int] = {}
    for number, raw in enumerate(text.replace("\x00", "").splitlines(), start=1):
        if not raw.strip():
            continue
        heading = _heading(raw)
        if heading:
            days = heading
            continue
        found.lessons += _line(number, raw, days, minutes, found.errors)
    found.lessons.sort()
    found.errors += _overlaps(found.lessons)
    if len(found.lessons) > MOST:
        found.errors.append(f"Уроков больше {MOST}: вставьте расписание одного класса.")
    return found


def _day(word: str) -> int | None:
    return DAYS.get(word.strip().strip(".:,").lower())


def _heading(raw: str) -> dict[int, int]:
    """Columns of a heading and their days; empty for a line that is none."""
    cells = _CELLS.split(raw)
    days = {column: day for column, cell in enumerate(cells) if (day := _day(cell))}
    return days if len(days) > 1 or (len(days) == 1 and len(cells) > 1 and not _TIME.search(raw)) else {}


def _line(number: int, raw: str, days: dict[int, int], minutes: int, errors: list[str]) -> Iterator[LessonLine]:
    first, *rest = _WORDS.split(raw.strip(), maxsplit=1)
    listed = _day(first)
    span = _span(raw, minutes)
    if span is None:
        errors.append(f"Строка {number}: не видно времени урока вида 8:30 или 8:30—9:15.")
        return
    if span[1] <= span[0]:
        errors.append(f"Строка {number}: урок кончается раньше, чем начинается.")
        return
    if listed:
        subject = _TIME.sub(" ", " ".join(rest))
        cells = [(listed, " ".join(_CELLS.sub(" ", subject).split()).strip(" ,.—-"))]
    elif days:
        cells = [(days[column], " ".join(cell.split())) for column, cell in _columns(raw) if column in days]
    else:
        errors.append(f"Строка {number}: не понять, какой это день. Вставьте и строку с днями недели.")
        return
    for day, subject in cells:
        if len(subject) > SUBJECT:
            errors.append(f"Строка {number}: название предмета длиннее {SUBJECT} знаков.")
        elif subject and subject not in ("-", "—", "–"):
            yield LessonLine(day, *span, subject)
        elif listed:
            errors.append(f"Строка {number}: нет предмета.")


def _columns(raw: str) -> Iterator[tuple[int, str]]:
    yield from enumerate(_CELLS.split(raw))


def _span(raw: str, minutes: int) -> tuple[time, time] | None:
    found = _TIME.search(_NUMBERED.sub("", raw))
    if found is None:
        return None
    start = int(found[1]) * 60 + int(found[2])
    end = int(found[3]) * 60 + int(found[4]) if found[3] else start + minutes
    if int(found[2]) > 59 or int(found[4] or 0) > 59 or max(start, end) >= 24 * 60:
        return None
    return time(start // 60, start % 60), time(end // 60, end % 60)


def _overlaps(lessons: list[LessonLine]) -> Iterator[str]:
    for one, other in pairwise(lessons):
        if one.weekday == other.weekday and other.starts_at < one.ends_at:
            day = next(word for word, number in DAYS.items() if number == one.weekday)
            yield f"{day.capitalize()}: «{one.subject}» и «{other.subject}» идут одновременно."
