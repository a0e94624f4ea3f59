"""Whom the rows of a table mean: exact names, those like a misspelt one, a wrong class, a child named twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from opora.people.children.spelling import search_form
from opora.regulations.edition import Edition
from opora.regulations.signals.asking import level_meant

from .reading import Row
from .roll import Pupil, by_name, room_form

ALIKE = 0.72  # the share of common letters from which a name is offered for a misspelt one
OFFERED = 3
CLOSEST = 30  # names with most pieces in common, which are compared letter by letter
TOO_COMMON = 400  # a piece that so many names have («вна», «але») says nothing
FEW = 80  # so few names are compared one by one: a class
YES = {"да", "есть", "1", "+", "x", "х", "v", "yes", "true"}
NO = {"", "нет", "0", "-", "—", "no", "false"}
Line = dict[str, Any]


def lines_of(rows: Sequence[Row], pupils: Sequence[Pupil], law: Edition) -> list[Line]:
    """Each row as it is kept till it is written: `child` is whom it means, `near` who may be meant, `fault` why not."""
    known, school = by_name(pupils), School(pupils)
    rooms: dict[str, list[Pupil]] = {}
    for one in pupils:
        rooms.setdefault(room_form(one.room), []).append(one)
    taken: dict[str, int] = {}
    found = []
    for row in rows:
        line = _line(row, law)
        if not line["fault"]:
            _match(line, row, school, known, rooms)
        child = line["child"]
        if child and child in taken:
            line.update(child="", fault=f"этот ребёнок уже есть в строке {taken[child]}")
        elif child:
            taken[child] = row.number
        found.append(line)
    return found


def _line(row: Row, law: Edition) -> Line:
    level, risk = level_meant(law, row.level), row.risk.lower()
    fault = ""
    if not row.name:
        fault = "нет имени"
    elif not row.level:
        fault = "нет уровня внимания (или в ячейке формула без значения)"
    elif not level:
        fault = f"непонятный уровень «{row.level}»"
    elif risk not in YES | NO:
        fault = f"непонятная отметка о риске «{row.risk}»: пишут «да» или ничего"
    return {
        "n": row.number, "name": row.name, "room": row.room, "level": level, "note": row.note, "risk": risk in YES,
        "child": "", "near": [], "fault": fault,
    }  # fmt: skip


def _match(line: Line, row: Row, school: School, known: dict[str, list[Pupil]], rooms: dict[str, list[Pupil]]) -> None:
    form, room = search_form(row.name), room_form(row.room)
    exact = known.get(form, [])
    here = [one for one in exact if not room or room_form(one.room) == room]
    if len(here) == 1:
        line["child"] = here[0].public_id
        return
    if len(here) > 1:
        line.update(near=_offers(here), fault="таких имён несколько: выберите")
    elif exact:
        line.update(near=_offers(exact), fault=f"в школе этот ребёнок не в классе {row.room}, а в другом")
    elif room and room not in rooms:
        line.update(near=_offers(school.alike(form)), fault=f"класса «{row.room}» в школе нет")
    else:
        near = _alike(form, rooms[room]) if room else school.alike(form)
        line.update(
            near=_offers(near), fault="похоже на другое имя: выберите" if near else "в классах школы такого нет"
        )


class School:
    """The names of the school, found by pieces of three letters: a whole table of misspelt names takes seconds."""

    def __init__(self, pupils: Sequence[Pupil]) -> None:
        self.pupils = pupils
        self._having: dict[str, list[int]] = {}
        self._found: dict[str, list[Pupil]] = {}

    def alike(self, form: str) -> list[Pupil]:
        """The nearest names, the best first."""
        if len(self.pupils) <= FEW:
            return _alike(form, self.pupils)
        if form not in self._found:
            self._found[form] = _alike(form, self._closest(form))
        return self._found[form]

    def _closest(self, form: str) -> list[Pupil]:
        if not self._having:
            for at, one in enumerate(self.pupils):
                for piece in _pieces(one.search_name):
                    self._having.setdefault(piece, []).append(at)
        shared: Counter[int] = Counter()
        for piece in _pieces(form):
            having = self._having.get(piece, ())
            if len(having) <= TOO_COMMON:
                shared.update(having)
        return [self.pupils[at] for at, _ in shared.most_common(CLOSEST)]


def _pieces(form: str) -> set[str]:
    """Pieces of three letters; the beginning and the end of a word count as letters."""
    return {f" {word} "[at : at + 3] for word in form.split() for at in range(len(word))}


def _alike(form: str, pupils: Sequence[Pupil]) -> list[Pupil]:
    """The nearest names, the best first; a cheap look at first letters spares most of the comparing."""
    letters = {word[:1] for word in form.split()}
    scored = []
    for one in pupils:
        if not letters & {word[:1] for word in one.words}:
            continue
        matcher = SequenceMatcher(None, form, one.search_name if len(form.split()) > 2 else " ".join(one.words[:2]))
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
            score = matcher.ratio()
            if score >= ALIKE:
                scored.append((score, one))
    return [one for _, one in sorted(scored, key=lambda pair: (-pair[0], pair[1].name))[:OFFERED]]


def _offers(pupils: Sequence[Pupil]) -> list[dict[str, str]]:
    return [{"id": one.public_id, "name": one.name, "room": one.room} for one in pupils[:OFFERED]]


def chosen(lines: Sequence[Line], choices: dict[int, str]) -> list[Line]:
    """Lines that will be written: those that were clear, and those for which somebody picked one of the offered.

    A child is written once: a pick that repeats another line is left out.
    """
    taken = {line["child"] for line in lines if line["child"]}
    found = []
    for line in lines:
        child = line["child"]
        if not child:
            picked = choices.get(line["n"], "")
            if picked in {one["id"] for one in line["near"]} and picked not in taken and line["level"]:
                child = picked
                taken.add(child)
        if child:
            found.append({**line, "child": child})
    return found
