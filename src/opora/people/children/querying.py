"""What was typed into the search box: words of a name and a birth date in any usual form. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .spelling import MAX_WORDS, words_of

_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_SPOKEN = re.compile(
    r"\b(\d{1,2})\s+(январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-яё]*\s+(\d{4})\b"
    r"(?:\s*г(?:ода|\.)?)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d[\d./-]*")
_ISO = re.compile(r"(\d{4})[.-](\d{1,2})[.-](\d{1,2})")
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_SOLID = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_MONTH = re.compile(r"(\d{1,2})[./-](\d{4})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[./-](\d{1,2})")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Span:
    """Birth dates between two days, or the same day and month of any year."""

    first: date | None = None
    last: date | None = None
    day: int = 0
    month: int = 0


@dataclass(frozen=True)
class Typed:
    """The parts of a query. `rest` holds numbers that are no date (a date that is still being typed)."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    rest: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.spans or self.rest)


def read(text: str, today: date) -> Typed:
    """Take a query apart. A year of two digits lies within the last hundred years before `today`."""
    text = _SPOKEN.sub(_numeric, text)
    spans, rest = [], []
    for piece in _DATE.findall(text):
        found = span_of(piece.strip("./-"), today)
        if found:
            spans.append(found)
        else:
            rest.append(piece)
    words = [word for word in words_of(_DATE.sub(" ", text)) if word not in ("г", "р") or len(text) < 3]
    return Typed(tuple(words[:MAX_WORDS]), tuple(spans[:3]), tuple(rest))


def span_of(piece: str, today: date) -> Span | None:
    """15.01.2020, 15.1.20, 150120, 15012020, 2020-01-15, 01.2020, 15.01 or 2020; None for anything else."""
    if found := _ISO.fullmatch(piece):
        return _one_day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY.fullmatch(piece) or _SOLID.fullmatch(piece):
        return _one_day(_year(found[3], today), int(found[2]), int(found[1]))
    if found := _MONTH.fullmatch(piece):
        return _whole_month(int(found[2]), int(found[1]))
    if found := _DAY_AND_MONTH.fullmatch(piece):
        day, month = int(found[1]), int(found[2])
        return Span(day=day, month=month) if 1 <= day <= 31 and 1 <= month <= 12 else None
    if _YEAR.fullmatch(piece) and 1900 <= int(piece) <= 2100:
        return Span(date(int(piece), 1, 1), date(int(piece), 12, 31))
    return None


def _numeric(found: re.Match[str]) -> str:
    month = next(at for at, stem in enumerate(_MONTHS, 1) if found[2].lower().startswith(stem))
    return f" {found[1]}.{month}.{found[3]} "


def _year(text: str, today: date) -> int:
    if len(text) == 4:
        return int(text)
    year = today.year - today.year % 100 + int(text)
    return year if year <= today.year else year - 100


def _one_day(year: int, month: int, day: int) -> Span | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Span(found, found)


def _whole_month(year: int, month: int) -> Span | None:
    if not (1 <= month <= 12 and 1900 <= year <= 2100):
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return Span(date(year, month, 1), date.fromordinal(following.toordinal() - 1))
