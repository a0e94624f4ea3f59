"""Rows of a class list as children: what was understood, what is wrong, whom of the register a row means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NotRequired, TypedDict

from opora.foundation.access.models import Freeze
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.people.children import validation
from opora.people.children.duplicates import dates_alike, duplicates_of
from opora.people.children.models import Child
from opora.people.children.spelling import one_typo_apart, words_of

from . import titles
from .columns import day_of
from .models import ClassListImport, Placement
from .pasting import KIN, SEXES

_PARTED = re.compile(r"[,;/]")
_NUMBER = re.compile(r"\+?\d[\d()\s-]{3,}\d")  # words beside a number are left out: «мама 8 900 …»
SAME, LIKELY, BAD = "same", "likely", "bad"


class Near(TypedDict):
    """A card of the register, or with `row` a row above: its `id` is no card's."""

    id: str
    name: str
    born: str
    row: NotRequired[int]


class Line(TypedDict):
    """`child`: the same one of the register; `near`: likely ones; `now`: the class he is in; `fault` in words."""

    n: int
    last: str
    first: str
    middle: str
    born: str
    sex: str
    room: str
    guardian: list[str]
    kin: str
    phone: str
    address: str
    child: str
    near: list[Near]
    now: str
    fault: str


def read_lines(
    cells: Sequence[Sequence[str]], head: int, columns: Sequence[str], room: str, today: date
) -> Iterator[Line]:  # fmt: skip
    """A line for each row below the head that says anything. `room` is the class for a list without that column."""
    for number, row in enumerate(cells[head + 1 :], head + 2):
        told = {kind: row[place] if place < len(row) else "" for place, kind in enumerate(columns) if kind}
        if any(told.values()):
            yield _line(number, told, room, today)


def _line(number: int, told: dict[str, str], room: str, today: date) -> Line:
    last, first, middle = _names(told)
    line = Line(
        n=number, last=last, first=first, middle=middle, born="", sex="",
        room=titles.class_title(told["room"]) if told.get("room") else room, guardian=[], kin="", phone="",
        address=validation.tidy(told.get("address", ""))[:300], child="", near=[], now="", fault="",
    )  # fmt: skip
    try:
        _child(line, told, today)
        _guardian(line, told)
    except Refusal as refusal:
        line["fault"] = refusal.message
    return line


def _names(told: dict[str, str]) -> tuple[str, str, str]:
    if told.get("name"):
        words = told["name"].split()
        return " ".join(words[:1]), " ".join(words[1:2]), " ".join(words[2:])
    return told.get("last", ""), told.get("first", ""), told.get("middle", "")


def _child(line: Line, told: dict[str, str], today: date) -> None:
    if not line["last"] or not line["first"]:
        raise Refusal("name", "Не видно фамилии и имени ребёнка.")
    named = validation.names({"last_name": line["last"], "first_name": line["first"], "middle_name": line["middle"]})
    line["last"], line["first"], line["middle"] = named["last_name"], named["first_name"], named["middle_name"]
    if any(len(name) > 80 for name in named.values()):
        raise Refusal("name", "Имя длиннее 80 знаков: проверьте столбец.")
    born = day_of(told.get("born", ""), today)
    if born is None:
        raise Refusal("born", "Не видно даты рождения." if not told.get("born") else "Дату рождения не разобрать.")
    validation.birth_date_of_child(born, today)
    line["born"] = born.isoformat()
    sex = SEXES.get(told.get("sex", "").lower().strip(" ."), "")
    line["sex"] = sex or validation.sex_by_patronymic(line["middle"])
    if not line["sex"]:
        raise Refusal("sex", "Не понять пол: добавьте столбец «пол».")
    if not line["room"]:
        raise Refusal("room", "Не указан класс.")
    if len(line["room"]) > 20:
        raise Refusal("room", "Название класса длиннее 20 знаков: проверьте столбец.")


def _guardian(line: Line, told: dict[str, str]) -> None:
    line["kin"] = KIN.get(told.get("kin", "").lower().strip(" ."), "")
    words = _PARTED.split(told.get("guardian", "").strip(" ,;/"))[0].split()  # the first of two persons
    if words and (kin := KIN.get(words[0].lower().strip(".:,"))):
        line["kin"], words = kin, words[1:]
    if len(words) >= 2:
        parts = {"last_name": words[0], "first_name": words[1], "middle_name": " ".join(words[2:])}
        named = validation.names(parts)
        line["guardian"] = [named["last_name"], named["first_name"], named["middle_name"]]
    elif words:
        raise Refusal("guardian", "У представителя нужны фамилия и имя.")
    numbers = _NUMBER.findall(told.get("phone", ""))
    if told.get("phone") and not numbers:
        raise Refusal("phone", "Телефон не разобрать.")
    line["phone"] = validation.phone(", ".join(number.strip() for number in numbers))


def full_name(line: Line) -> str:
    return " ".join(filter(None, (line["last"], line["first"], line["middle"])))


Words = tuple[str, ...]


@dataclass
class Above:
    """Rows above by birth date and by name; names are folded: ё and е, the order of words make no other child."""

    by_day: dict[str, list[tuple[Words, Line]]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[Words, list[Line]] = field(default_factory=lambda: defaultdict(list))

    def same(self, words: Words, line: Line) -> bool:
        return any(words == other for other, _ in self.by_day[line["born"]])

    def likely(self, words: Words, line: Line) -> list[Line]:
        """Born the same day with a like name, or called the same with a date that differs by one slip."""
        near = [one for other, one in self.by_day[line["born"]] if _alike(words, other)]
        return near + [one for one in self.by_name[words] if dates_alike(_born(line), _born(one))]

    def add(self, words: Words, line: Line) -> None:
        self.by_day[line["born"]].append((words, line))
        self.by_name[words].append(line)


def _alike(one: Words, other: Words) -> bool:
    """Whether each word of the shorter name has its own in the longer one, but for a slip: twins are not alike."""
    few, more = sorted((one, other), key=len)
    left = list(more)
    for word in few:
        found = next((known for known in left if one_typo_apart(word, known)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def row_id(number: int) -> str:
    """What stands for a card where a row above is meant."""
    return f"row-{number}"


def _near_row(line: Line) -> Near:
    return Near(id=row_id(line["n"]), name=full_name(line), born=f"{_born(line):%d.%m.%Y}", row=line["n"])


def _born(line: Line) -> date:
    return date.fromisoformat(line["born"])


def compare(actor: Actor, line: Line, above: Above) -> None:
    """Find whom of the register, or of the rows above, the line means."""
    if line["fault"]:
        return
    key, words = (full_name(line), line["born"]), tuple(sorted(words_of(full_name(line))))
    if above.same(words, line):
        line["fault"] = "Этот ребёнок уже есть в строке выше."
        return
    rows = above.likely(words, line)
    above.add(words, line)
    likely = duplicates_of(actor, line["last"], line["first"], line["middle"], _born(line))
    same = next((one for one in likely if (one.full_name, one.birth_date.isoformat()) == key), None)
    if same is not None:
        line["child"], line["now"] = same.public_id, _room_of(same)
    else:
        line["near"] = [Near(id=one.public_id, name=one.full_name, born=f"{one.birth_date:%d.%m.%Y}") for one in likely]
    asked = {one["id"] for one in line["near"]}  # a row that means one of these cards is asked about already
    line["near"] += [_near_row(one) for one in rows if one["child"] not in asked]


def _room_of(child: Child) -> str:
    place = Placement.objects.present().filter(child=child).select_related("school_class").first()
    return place.school_class.title if place else ""


def open_lines(table: ClassListImport) -> list[Line]:
    """Lines that name nobody whose card was stopped since the list was read."""
    stopped = set(Freeze.objects.in_force().of(table.organisation).values_list("person_id", flat=True))
    lines: list[Line] = table.lines
    return [line for line in lines if not stopped & {line["child"], *(one["id"] for one in line["near"])}]


def state_of(line: Line, looked_at: Collection[str] = ()) -> str:
    """What has to be decided about a line: bad, likely, same, or nothing (empty)."""
    if line["fault"]:
        return BAD
    if any(one["id"] not in looked_at for one in line["near"]):
        return LIKELY
    return SAME if line["child"] else ""
