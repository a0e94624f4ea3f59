"""A list of children pasted from a table: what is recognised in each line, and what is wrong with it. Pure functions.

Cells are parted by tabs, semicolons or several spaces. No heading is needed: a date is the birth date, words before it
are the child's name, words after it the representative's, digits the telephone. Numbers of lines are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from opora.foundation.access.refusals import Refusal
from opora.people.children import validation
from opora.people.children.models import Child
from opora.people.children.querying import span_of

LONGEST = 200
_PARTS = re.compile(r"\t+|;| {2,}|\|")
_DATE = re.compile(r"(?<![\d.])(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))(?![\d.])(?:\s*г\.?)?")
_NUMBERED = re.compile(r"^\s*\d{1,3}[.)]?\s+(?=\D)|^\s*\d{1,3}[.)]?\s*\t")
_PHONE = re.compile(r"\+?[\d()\s-]{5,}")
_MIDNIGHT = re.compile(r"\s+0?0:00(?::00)?\b")
SEXES = {"м": "male", "муж": "male", "мужской": "male", "мальчик": "male",
          "ж": "female", "жен": "female", "женский": "female", "девочка": "female"}  # fmt: skip
KIN = {"мать": "mother", "мама": "mother", "отец": "father", "папа": "father", "опекун": "guardian",
        "попечитель": "trustee"}  # fmt: skip
_HEADING = ("фамилия", "фио", "ф.и.о", "дата рожд", "обучающ", "ребенок", "ребёнок")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass
class PastedLine:
    """One line as it was understood; `error` says what is missing."""

    number: int
    text: str
    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    birth_date: date | None = None
    sex: str = ""
    guardian: tuple[str, str, str] = ("", "", "")
    kinship: str = ""
    phone: str = ""
    error: str = ""
    # Filled by whoever compares the line with the register: likely children, and whether the first is the same one.
    known: list[Child] = field(default_factory=list)
    is_same: bool = False

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.last_name, self.first_name, self.middle_name)))

    @property
    def guardian_name(self) -> str:
        return " ".join(filter(None, self.guardian))


def read(text: str, today: date) -> Iterator[PastedLine]:
    """Lines in their order; blank lines and a heading are left out, and what is over `LONGEST` is not read."""
    count = 0
    for number, raw in enumerate(text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if not raw.strip() or (count == 0 and _is_heading(raw)):
            continue
        count += 1
        if count > LONGEST:
            return
        yield _line(number, raw, today)


def count_of(text: str) -> int:
    """How many lines say anything."""
    return sum(bool(one.strip()) for one in text.splitlines())


def _is_heading(raw: str) -> bool:
    low = raw.lower()
    return not _DATE.search(raw) and any(word in low for word in _HEADING)


def _line(number: int, raw: str, today: date) -> PastedLine:
    line = PastedLine(number, validation.tidy(raw.replace("\t", "  "))[:300])
    clean = _MIDNIGHT.sub("", _NUMBERED.sub("", raw, count=1))
    found = _DATE.search(clean)
    before, after = (clean[: found.start()], clean[found.end() :]) if found else (clean, "")
    try:
        _child(line, before, today, found[1] if found else "")
        _rest(line, after)
        line.sex = line.sex or validation.sex_by_patronymic(line.middle_name)
        _complain(line)
    except Refusal as refusal:
        line.error = refusal.message
    return line


def _child(line: PastedLine, before: str, today: date, day: str) -> None:
    words: list[str] = []
    for cell in _PARTS.split(before):
        for word in cell.replace(",", " ").split():
            sex = SEXES.get(word.lower().strip("."))
            if sex and words:
                line.sex = sex
            else:
                words.append(word)
    name = {"last_name": " ".join(words[:1]), "first_name": " ".join(words[1:2]), "middle_name": " ".join(words[2:])}
    if day:
        span = span_of(day, today)
        line.birth_date = span.first if span and span.first == span.last else None
    if line.birth_date:
        validation.birth_date_of_child(line.birth_date, today)
    if not name["last_name"] or not name["first_name"]:
        raise Refusal("name", "Не видно фамилии и имени ребёнка.")
    told = validation.names(name)
    line.last_name, line.first_name, line.middle_name = told["last_name"], told["first_name"], told["middle_name"]


def _rest(line: PastedLine, after: str) -> None:
    phone = _PHONE.search(after)
    if phone and len(re.sub(r"\D", "", phone[0])) >= 5:
        line.phone = validation.phone(phone[0].strip())
        after = f"{after[: phone.start()]}  {after[phone.end() :]}"
    words: list[str] = []
    for word in re.split(r"[\s,;|()]+", after):
        low = word.lower().strip(".:")
        if low in SEXES and not words:
            line.sex = line.sex or SEXES[low]
        elif low in KIN:
            line.kinship = KIN[low]
        elif _LETTER.search(word):
            words.append(word)
    if len(words) >= 2:
        told = validation.names({"last_name": words[0], "first_name": words[1], "middle_name": " ".join(words[2:4])})
        line.guardian = (told["last_name"], told["first_name"], told["middle_name"])


def _complain(line: PastedLine) -> None:
    if line.birth_date is None:
        line.error = "Не видно даты рождения: нужна вида 15.01.2016."
    elif not line.sex:
        line.error = "Не понять пол: добавьте после имени «м» или «ж»."
