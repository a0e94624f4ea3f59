"""Which column of a strange table is which: by its title, else by what stands in it. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from opora.people.children import querying

from .titles import grade_of

Cells = Sequence[Sequence[str]]

TITLES = {
    "": "не переносить", "name": "ФИО ребёнка", "last": "фамилия", "first": "имя", "middle": "отчество",
    "born": "дата рождения", "sex": "пол", "room": "класс", "guardian": "представитель (ФИО)",
    "kin": "кем приходится", "phone": "телефон", "address": "адрес",
}  # fmt: skip
_NAMES: dict[str, tuple[str, ...]] = {
    "name": ("фио", "фамилияимяотчество", "фамилияимя", "ученик", "обучающийся", "фиообучающегося", "фиоученика",
             "фиоребенка", "фамилияимяобучающегося", "ребенок", "списоккласса", "фамилияимяребенка", "воспитанник"),
    "last": ("фамилия", "фамилияребенка", "фамилияученика", "фамилияобучающегося"),
    "first": ("имя", "имяребенка", "имяученика", "имяобучающегося"),
    "middle": ("отчество", "отчествоприналичии", "отчествоученика", "отчествообучающегося"),
    "born": ("датарождения", "др", "дата", "рождение", "деньрождения", "датарожд", "датарожденияребенка", "родился"),
    "sex": ("пол", "мж"),
    "room": ("класс", "группа", "классгруппа"),
    "guardian": ("родитель", "родители", "представитель", "мать", "мама", "фиородителя", "фиоматери", "фиородителей",
                 "законныйпредставитель", "фиопредставителя", "фиозаконногопредставителя", "отец"),
    "kin": ("кемприходится", "степеньродства", "родство"),
    "phone": ("телефон", "тел", "контакт", "контакты", "телефонродителя", "мобильный", "телефонматери", "контактный",
              "номертелефона", "контактныйтелефон", "телефонпредставителя", "сотовый"),
    "address": ("адрес", "адреспроживания", "домашнийадрес", "адресрегистрации", "адресместажительства", "прописка",
                "местожительства"),
}  # fmt: skip
# Titles that begin so, when no whole title fits: «Телефон мамы», «Дата рождения (полностью)».
_STEMS = {
    "классн": "",
    "телефон": "phone", "контактн": "phone", "адрес": "address", "датарожд": "born", "фамилияимя": "name",
    "фиоуч": "name", "фиооб": "name", "фиореб": "name", "фиород": "guardian", "фиомат": "guardian",
    "фиопред": "guardian", "фиозакон": "guardian", "класс": "room",
}  # fmt: skip
HEAD_WITHIN, LEAST_NAMED = 20, 2
LOOKED_AT = 30  # rows by which a column without a title is judged
_LETTERS = re.compile(r"[^а-яa-z]")
_SEX = re.compile(r"(?:м|ж|муж|жен)(?:\.|ской|ский|енский)?", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d()\s,;-]{6,}")
_WORDS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*(?:\s+[^\W\d_.]+(?:[-'’][^\W\d_]+)*){1,4}")
SERIAL = (20_000, 60_000)  # days of Excel: from 1954 to 2064
EXCEL_BEGINS = date(1899, 12, 30).toordinal()


def kind_of(title: str) -> str:
    """The kind of column that a title names; empty for an unknown one."""
    word = _LETTERS.sub("", title.lower().replace("ё", "е"))
    whole = next((kind for kind, names in _NAMES.items() if word in names), "")
    return whole or next((kind for stem, kind in _STEMS.items() if word.startswith(stem)), "")


def day_of(text: str, today: date) -> date | None:
    """A birth date in any usual form, also «15 января 2016 г.» and a day of Excel's own count."""
    tidy = re.sub(r"\s+0?0:00(?::00)?$", "", text.strip())
    if tidy.isdecimal() and SERIAL[0] <= int(tidy) <= SERIAL[1]:
        return date.fromordinal(EXCEL_BEGINS + int(tidy))
    spans = querying.read(tidy, today).spans
    exact = [one.first for one in spans if one.first is not None and one.first == one.last]
    return exact[0] if len(exact) == 1 else None


def named_by(cells: Cells) -> list[int]:
    """How many columns each of the first rows names."""
    return [len({kind_of(text) for text in line} - {""}) for line in cells[:HEAD_WITHIN]]


def head_of(cells: Cells) -> int:
    """The row whose cells name the most columns, at least two; -1 where there is no head."""
    named = named_by(cells)
    most = max(named, default=0)
    return named.index(most) if most >= LEAST_NAMED else -1


def guessed(cells: Cells, head: int, today: date) -> list[str]:
    """A kind for each column: titles first, contents for what no title names; each kind once."""
    width = max((len(line) for line in cells), default=0)
    kinds = [""] * width
    if head >= 0:
        for place, text in enumerate(cells[head]):
            kind = kind_of(text)
            if kind and kind not in kinds:
                kinds[place] = kind
    body = cells[head + 1 : head + 1 + LOOKED_AT]
    for place in range(width):
        if not kinds[place] and (head < 0 or not kind_of(cells[head][place] if place < len(cells[head]) else "")):
            kinds[place] = _by_contents([line[place] for line in body if place < len(line)], kinds, today)
    return kinds


def _by_contents(column: list[str], taken: Sequence[str], today: date) -> str:
    filled = [text for text in column if text]
    if len(filled) * 2 < len(column) or not filled:
        return ""
    whole_name = not {"name", "last"} & set(taken)
    tests: list[tuple[str, Callable[[str], bool]]] = [
        ("born", lambda text: day_of(text, today) is not None),
        ("sex", lambda text: _SEX.fullmatch(text) is not None),
        ("room", lambda text: len(text) < 8 and grade_of(text) is not None and not text.isdecimal()),
        ("phone", lambda text: _PHONE.fullmatch(text) is not None and sum(sign.isdigit() for sign in text) >= 6),
        ("name" if whole_name else "guardian", lambda text: _WORDS.fullmatch(text) is not None),
    ]
    for kind, fits in tests:
        if kind not in taken and sum(map(fits, filled)) * 10 >= len(filled) * 8:
            return kind
    return ""


def lacks(kinds: Sequence[str], *, has_room: bool) -> str:
    """What is still needed of the columns, in words; empty when they are enough."""
    have = set(kinds)
    twice = next((kind for kind in kinds if kind and list(kinds).count(kind) > 1), "")
    if twice:
        return f"Столбец «{TITLES[twice]}» указан дважды."
    if "name" not in have and not {"last", "first"} <= have:
        return "Укажите, где имя ребёнка: один столбец «ФИО ребёнка» или столбцы «фамилия» и «имя»."
    if "born" not in have:
        return "Укажите, где дата рождения."
    if not has_room and "room" not in have:
        return "Укажите, где класс, или загрузите список на странице нужного класса."
    return ""
