"""Two versions of a plan side by side: lines are told by their key, so a line that moved is the same line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIELDS = (
    ("title", "Мероприятие"), ("part", "Направление"), ("aim", "Цель"), ("participants", "Участники"),
    ("term", "Срок"), ("responsible", "Ответственный"), ("result", "Результат"), ("dropped", "Снято"),
)  # fmt: skip
HEAD = (("aim", "Цель плана"), ("tasks", "Задачи плана"), ("term", "Срок плана"))


@dataclass(frozen=True)
class Change:
    """A field that differs; one of the texts may be empty."""

    caption: str
    old: str
    new: str


@dataclass(frozen=True)
class Compared:
    """A line, or the head of the plan: added, gone, changed or same."""

    kind: str
    title: str
    changes: list[Change]


def compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Compared]:
    """What differs between two contents of the form, in the order of the new one, what is gone at the end."""
    found = []
    head = _changes(old, new, HEAD)
    if head:
        found.append(Compared("changed", "Цель, задачи, срок", head))
    before, after = _lines(old), _lines(new)
    for key, line in after.items():
        if key not in before:
            found.append(Compared("added", line["title"], _changes({}, line, FIELDS[1:])))
        elif changes := _changes(before[key], line, FIELDS):
            found.append(Compared("changed", line["title"], changes))
    found += [Compared("gone", line["title"], []) for key, line in before.items() if key not in after]
    return found


def _lines(content: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {line["key"]: {**line, "part": part["title"]} for part in content.get("parts", ()) for line in part["lines"]}


def _changes(old: Mapping[str, Any], new: Mapping[str, Any], fields: tuple[tuple[str, str], ...]) -> list[Change]:
    pairs = ((caption, str(old.get(name, "")), str(new.get(name, ""))) for name, caption in fields)
    return [Change(caption, before, after) for caption, before, after in pairs if before != after]
