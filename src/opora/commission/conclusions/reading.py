"""A conclusion to be read on the screen: the frozen content in the order and with the captions of 2.16."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from opora.regulations.edition import Edition

SIMPLE = {
    "study_form": "study_form",
    "regime": "regime",
    "education_form": "education_form",
    "architecture": "accessibility",
    "equipment": "technical_aids",
    "textbooks": "textbooks",
    "other_conditions": "other_conditions",
    "gia": "final_attestation",
}


@dataclass(frozen=True)
class Line:
    """A caption with its text; `items` are pairs of a lead word and a text."""

    number: int
    caption: str
    text: str = ""
    items: list[tuple[str, str]] = field(default_factory=list)


def parts_to_read(law: Edition, content: Mapping[str, Any]) -> list[Line]:
    """Lines of the page; sections without a text are left out."""
    lines = [Line(0, "Диагноз", str(content.get("diagnosis", ""))), *_status(content)]
    for section in law.conclusion_sections:
        if section.code == "features":
            lines.insert(1, Line(0, section.caption, str(content.get("features", ""))))
        elif section.code in SIMPLE:
            lines.append(Line(section.number, section.caption, str(content.get(SIMPLE[section.code], ""))))
        elif section.code in _GATHERED:
            lines.append(Line(section.number, section.caption, items=_gathered(section.code, content)))
    return [line for line in lines if line.text or line.items]


def _status(content: Mapping[str, Any]) -> list[Line]:
    limited, needs = content.get("has_ovz"), content.get("needs_conditions")
    words = []
    if limited is not None:
        words.append("является ребенком с ОВЗ" if limited else "не является ребенком с ОВЗ")
    if needs is not None:
        words.append(f"{'' if needs else 'не '}нуждается в создании специальных условий")
    return [Line(0, "Вывод комиссии", ", ".join(words))]


_GATHERED: dict[str, tuple[tuple[str, str], ...]] = {
    "programme": (
        ("", "programme"),
        ("Срок", "programme_term"),
        ("Дополнительно (сложный дефект)", "second_programme"),
    ),
    "assistance": (("Ассистент (помощник)", "assistant"), ("Тьютор", "tutor")),
    "reexamination": (
        ("", "reexamination"),
        ("Для изменения рекомендаций", "reexamination_for_change"),
        ("Контрольное обследование", "follow_up"),
    ),
    "directions": (),
}


def _gathered(code: str, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    if code == "directions":
        return [(one.get("specialist", ""), one.get("text", "")) for one in content.get("directions", [])]
    items = [(title, str(content[key])) for title, key in _GATHERED[code] if content.get(key)]
    if code == "programme" and content.get("individual_plan"):
        items.append(("", "Необходимо составление индивидуального учебного плана"))
    return items
