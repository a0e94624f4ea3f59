"""Fills an editable copy with the data of its form.

A value reaches the file escaped and is never a template itself (security rule 10): «<b>» and «{{ 7*7 }}» stand in the
paper as they were typed. What no Word file may hold is printed as its code, as in the PDF.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from docxtpl.template import DocxTemplate
from jinja2 import ChainableUndefined
from jinja2.sandbox import SandboxedEnvironment

from opora.foundation.ui.typography import long_date
from opora.records.documents.printable import editable
from opora.school.support.analysis.wording import figure_words

from .building import template_of

RULE = "____________________"
BLANK_DAY = "«____» ____________ 20___ г."


def render_docx(code: str, data: Mapping[str, Any]) -> bytes:
    """The Word file of a form. Missing keys leave lines to write on. Raises KeyError for a form without a layout."""
    template = DocxTemplate(BytesIO(template_of(code)))
    template.render(dict(editable(dict(data))), _environment(), autoescape=True)
    file = BytesIO()
    template.save(file)
    return file.getvalue()


def _environment() -> SandboxedEnvironment:
    made = SandboxedEnvironment(autoescape=True, undefined=ChainableUndefined, finalize=_shown)
    made.filters.update(
        ruled=_ruled, day=_day, day_or_blank=_day_or_blank, rows=_rows, joined=_joined, without=_without,
        contacts=_contacts, capital=_capital, figure_rows=_figure_rows, figures=_figures,
    )  # fmt: skip
    return made


def _shown(value: Any) -> Any:
    return "" if value is None else value


def _ruled(value: Any) -> str:
    return str(value or "") or RULE


def _day(value: Any) -> str:
    """«21 ноября 2026 г.»; what is no date stays as it came."""
    text = str(value or "")
    try:
        return long_date(date.fromisoformat(text))
    except ValueError:
        return text


def _day_or_blank(value: Any) -> str:
    return _day(value) or BLANK_DAY


def _rows(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _joined(value: Any, by: str = "\n") -> str:
    return by.join(str(one) for one in _rows(value) if one)


def _without(rows: list[Any], code: str) -> list[Any]:
    return [row for row in rows if not code or row.get("code") != code]


def _contacts(head: Any) -> str:
    known = head if isinstance(head, dict) else {}
    return ", ".join(filter(None, (known.get("phone") or "", known.get("email") or "")))


def _capital(value: Any) -> str:
    text = str(value or "")
    return text[:1].upper() + text[1:]


def _figure_rows(table: Any) -> list[Any]:
    """Rows of a table of figures, its total last."""
    known = table if isinstance(table, dict) else {}
    return [one for key in ("rows", "total") for one in _rows(known.get(key)) if isinstance(one, dict)]


def _figures(row: Any, table: Any, before: Any) -> str:
    """«записей: 1840 (2025/26 — 1702); часов: 1220 (2025/26 — 1133,5)»."""
    words = []
    for index, measure in enumerate(_rows(table.get("measures"))):
        values = [_at(row.get(key), index, str(measure.get("unit"))) for key in ("now", "before")]
        words.append(f"{measure.get('title') or ''}: {values[0]} ({before or ''} — {values[1]})")
    return "\n".join(words)


def _at(values: Any, index: int, unit: str) -> str:
    found = _rows(values)
    value = found[index] if index < len(found) else ""
    return figure_words(value, unit) if isinstance(value, int) else str(value)
