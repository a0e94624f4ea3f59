"""Filters of the journals."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from opora.foundation.registers.models import Entry
from opora.school.support.analysis.content import RowContent, TableContent
from opora.school.support.analysis.wording import figure_words

from .. import lines

register = template.Library()


@register.filter
def remark(entry: Entry) -> str:
    """What binds a line to the one that it corrects, or that corrects it."""
    return lines.remark_of(entry)


@register.filter
def content(entry: Entry) -> dict[str, Any]:
    """The columns of a line."""
    return lines.content_of(entry)


@register.filter
def iso_date(value: Any) -> str:
    """«2020-01-15» of a register as 15.01.2020."""
    try:
        return f"{date.fromisoformat(str(value)):%d.%m.%Y}"
    except ValueError:
        return str(value or "")


@register.filter
def figure_cells(row: RowContent, table: TableContent) -> list[tuple[str, str, str]]:
    """For each measure its title, the figure of the period, and that of the same days a year before."""
    return [
        (one["title"], figure_words(row["now"][index], one["unit"]), figure_words(row["before"][index], one["unit"]))
        for index, one in enumerate(table["measures"])
    ]
