"""A conclusion on ГИА to be read on the screen: the frozen content with the captions of the printed form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from opora.commission.conclusions.reading import Line

_LINES = (
    ("ground", "Основание"),
    ("ground_other", "Ещё одно основание"),
    ("examination", "Аттестация"),
    ("school_year", "Учебный год"),
    ("grade", "Класс"),
    ("subjects", "Форма экзаменов по предметам"),
    ("amount", "Число экзаменов"),
    ("conditions", "Условия"),
    ("special", "Специальные условия"),
    ("place", "Место проведения"),
    ("workplace", "Рабочее место"),
    ("assistant", "Ассистент"),
    ("materials", "Оформление материалов"),
    ("interview_minimum", "Минимальное количество баллов за собеседование"),
    ("school", "Образовательная организация"),
    ("school_contact", "Контакт школы"),
    ("valid_until", "Действует до"),
)


def parts_to_read(content: Mapping[str, Any]) -> list[Line]:
    """Lines of the page; what is empty is left out."""
    lines = [_line(title, content.get(key)) for key, title in _LINES]
    return [line for line in lines if line.text or line.items]


def _line(title: str, value: Any) -> Line:
    if isinstance(value, list):
        return Line(0, title, items=[_item(one) for one in value])
    return Line(0, title, _shown(str(value or "")))


def _item(one: Any) -> tuple[str, str]:
    return (one["subject"], one["form"]) if isinstance(one, Mapping) else ("", str(one))


def _shown(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d.%m.%Y}"
    except ValueError:
        return text
