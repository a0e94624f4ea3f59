"""Statistics of the service: counted figures of a period beside the same period a year before."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet
from opora.school.support.analysis.content import TableContent


class StatisticsPart(TypedDict, total=False):
    """A direction of work or a part of it with its tables."""

    title: str
    tables: list[TableContent]


class ServiceStatisticsData(Sheet, total=False):
    """Figures alone: nobody is named but specialists."""

    period_from: str
    """ISO."""
    period_to: str
    """ISO."""
    period_title: str
    """«01.11.2026 — 30.11.2026»: over the figures of the period."""
    before_title: str
    """The same period a year before."""
    parts: list[StatisticsPart]
    made_by: str
    """«Ильина И. И.»."""
    made_as: str
    made_on: str
    """ISO."""


FORM = Form(
    code="service_statistics",
    title="Статистика работы Службы сопровождения",
    source="Положение о Службе сопровождения, п. 3.3; показатели — по практике школ",
    orientation="portrait",
    data=ServiceStatisticsData,
)
