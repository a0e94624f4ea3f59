"""Russian typography as pure functions: dates, ages, declined numerals, spaces that do not break."""

from __future__ import annotations

import re
from datetime import date

NBSP = "\u00a0"
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip

_AFTER_MARK = re.compile(r"(№|§|\b(?:п|пп|ст|ч|абз|прил|стр|с|г|ул|д|кв|каб|тел|см|ред))(\.?) +(?=[\dА-ЯЁA-Z])")
_INITIALS_AFTER = re.compile(r"\b([А-ЯЁ][а-яё-]+) ([А-ЯЁ]\.)(?: ?([А-ЯЁ]\.))?(?![а-яё])")
_INITIALS_BEFORE = re.compile(r"\b([А-ЯЁ]\.) ?([А-ЯЁ]\.)? ([А-ЯЁ][а-яё]+)")
_UNIT = re.compile(r"(\d) +(?=(?:г|гг|лет|год|года|мес|кг|см|мм|мин|ч|руб|коп|дн|дня|дней|день|класс|кл|раз|раза)\b)")
_SHORT_WORD = re.compile(
    r"(?<![\w\u00a0])([вкосуияаВКОСУИЯА]|[Нн][еа]|[Пп]о|[Зз]а|[Ии]з|[Оо]т|[Дд]о|[Оо]б|[Вв]о|[Сс]о|[Кк]о) (?=\S)"
)
_CLASS = re.compile(r"(\d) (?=«[А-ЯЁ]»)")  # «4 «А»» is one word
_DASH = re.compile(r" +(?:—|–|-) +")


def plural(number: int, forms: str) -> str:
    """Return the number with its word: `plural(2, "ребёнок,ребёнка,детей")` is «2 ребёнка»."""
    return f"{grouped(number)}{NBSP}{plural_word(number, forms)}"


def plural_word(number: int, forms: str) -> str:
    """Return the word alone. Raises ValueError unless three forms are given."""
    one, few, many = (form.strip() for form in forms.split(","))
    tail = abs(number) % 100
    if 11 <= tail <= 14:
        return many
    return {1: one, 2: few, 3: few, 4: few}.get(tail % 10, many)


def grouped(number: int) -> str:
    """Return 12 345 with a space that does not break; four digits stay together."""
    return f"{number:,}".replace(",", NBSP) if abs(number) >= 10_000 else str(number)


def long_date(day: date) -> str:
    """Return «21 ноября 2026 г.»."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}{NBSP}г."


def full_months(born: date, on: date) -> int:
    """Count full months between two days; a birthday on the 31st comes in a short month with its last day."""
    months = (on.year - born.year) * 12 + on.month - born.month
    return months if on.day >= min(born.day, _last_day(on)) else months - 1


def _last_day(day: date) -> int:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1).day


def age(born: date, on: date) -> str:
    """Return «6 лет 10 мес.»; an infant is counted in months, a person of 18 and older in years."""
    months = full_months(born, on)
    if months < 0:
        return "ещё не родился"
    years, rest = divmod(months, 12)
    if not years:
        return f"{rest}{NBSP}мес."
    word = plural(years, "год,года,лет")
    return word if not rest or years >= 18 else f"{word} {rest}{NBSP}мес."


def typograph(text: str) -> str:
    """Put spaces that do not break: «№ 12», «п. 2.3», «Иванова А. Б.», «6 лет», before a dash, after short words."""
    text = _AFTER_MARK.sub(lambda found: f"{found[1]}{found[2]}{NBSP}", text)
    text = _INITIALS_AFTER.sub(lambda found: NBSP.join(filter(None, found.groups())), text)
    text = _INITIALS_BEFORE.sub(lambda found: NBSP.join(filter(None, found.groups())), text)
    text = _UNIT.sub(lambda found: f"{found[1]}{NBSP}", text)
    text = _CLASS.sub(lambda found: f"{found[1]}{NBSP}", text)
    text = _SHORT_WORD.sub(lambda found: f"{found[1]}{NBSP}", text)
    return _DASH.sub(f"{NBSP}— ", text)
