"""Two versions of a programme side by side: rows of the form, with words taken away and added marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

_WORDS = re.compile(r"\s+|[^\s]+")
SAME, GONE, ADDED = "same", "gone", "added"


@dataclass(frozen=True)
class Piece:
    """Some words in a row: same, gone (only in the old version) or added (only in the new one)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Compared:
    """One row of the form in both versions."""

    title: str
    old: list[Piece]
    new: list[Piece]
    is_changed: bool


def compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Compared]:
    """Every row of two contents of the form, in the order of the paper; changed ones tell where."""
    before, after = dict(_rows(old)), dict(_rows(new))
    titles = list(dict.fromkeys([*before, *after]))
    return [_pair(title, before.get(title, ""), after.get(title, "")) for title in titles]


def _pair(title: str, before: str, after: str) -> Compared:
    if before == after:
        whole = [Piece(SAME, before)] if before else []
        return Compared(title, whole, whole, False)
    left, right = _WORDS.findall(before), _WORDS.findall(after)
    gone: list[Piece] = []
    added: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            gone.append(Piece(SAME, "".join(left[i1:i2])))
            added.append(Piece(SAME, "".join(right[j1:j2])))
            continue
        if i2 > i1:
            gone.append(Piece(GONE, "".join(left[i1:i2])))
        if j2 > j1:
            added.append(Piece(ADDED, "".join(right[j1:j2])))
    return Compared(title, gone, added, True)


def _rows(content: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    yield "Класс", str(content.get("school_class", ""))
    yield "Срок реализации", str(content.get("term", ""))
    yield "Основания", _lines(content.get("grounds"))
    yield "Результаты диагностики", _lines(content.get("diagnostics"))
    for number, goal in enumerate(content.get("goals", ()), 1):
        yield f"Цель {number}", _lines([goal["title"], *(f"— {task}" for task in goal["tasks"])])
    yield "Участники", ", ".join(content.get("participants", ()))
    yield "Внутренние ресурсы", str(content.get("resources_inner", ""))
    yield "Внешние ресурсы", str(content.get("resources_outer", ""))
    yield "Ожидаемые результаты", _lines(content.get("expected_results"))
    for number, one in enumerate(content.get("criteria", ()), 1):
        yield f"Критерий {number}", _lines([one["title"], one["how"], one["change"]])
    for part in content.get("plan", ()):
        for line in part["lines"]:
            yield f"Мероприятие {line['number']}", _activity(line)
    curator = content.get("curator") or {}
    yield "Куратор", str(curator.get("name", ""))


def _activity(line: Mapping[str, str]) -> str:
    named = (
        ("", line["activity"]),
        ("Форма: ", line["form"]),
        ("Участники: ", line["participants"]),
        ("Ответственный: ", line["responsible"]),
        ("Период: ", line["period"]),
        ("Планируемый результат: ", line["planned_result"]),
    )
    return "\n".join(f"{caption}{text}" for caption, text in named if text)


def _lines(texts: Iterable[str] | None) -> str:
    return "\n".join(text for text in texts or () if text)
