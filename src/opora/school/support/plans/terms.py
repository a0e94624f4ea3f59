"""Terms of plans: the school year, the month, the week of a day. Pure functions."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from opora.foundation.ui.typography import NBSP

from ..schoolyear.reading import school_year, school_year_of
from .models import WorkPlan

Horizon = WorkPlan.Horizon
ORDER = (Horizon.PERSPECTIVE, Horizon.YEAR, Horizon.MONTH, Horizon.WEEK)
PERSPECTIVE_YEARS = 3
MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """First and last day of a plan, and how the term is called: «ноябрь 2026», «23.11 — 29.11.2026»."""

    horizon: str
    starts_on: date
    ends_on: date

    @property
    def title(self) -> str:
        return term_title(self.horizon, self.starts_on, self.ends_on)


def term_of(horizon: str, day: date) -> Term:
    """The term of a plan that holds a day. Raises ValueError for an unknown horizon."""
    if horizon == Horizon.PERSPECTIVE:
        first = school_year_of(day)
        return Term(horizon, first.starts_on, school_year(first.year + PERSPECTIVE_YEARS - 1).ends_on)
    if horizon == Horizon.YEAR:
        span = school_year_of(day)
        return Term(horizon, span.starts_on, span.ends_on)
    if horizon == Horizon.MONTH:
        return Term(horizon, day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    if horizon == Horizon.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Term(horizon, monday, monday + timedelta(days=6))
    raise ValueError(f"no such plan: {horizon}")


def term_title(horizon: str, starts_on: date, ends_on: date) -> str:
    """How people call the term."""
    if horizon == Horizon.YEAR:
        return f"{school_year_of(starts_on).title} учебный год"
    if horizon == Horizon.PERSPECTIVE:
        return f"{starts_on.year}—{ends_on.year} годы"
    if horizon == Horizon.MONTH:
        return f"{MONTHS[starts_on.month - 1]}{NBSP}{starts_on.year}"
    return f"{starts_on:%d.%m}{NBSP}— {ends_on:%d.%m.%Y}"


def offered_terms(today: date) -> list[Term]:
    """What is usually drawn up now: this week and the next, this month and the next, this school year and the next."""
    week, month, year = (term_of(one, today) for one in (Horizon.WEEK, Horizon.MONTH, Horizon.YEAR))
    after = timedelta(days=1)
    return [
        week, term_of(Horizon.WEEK, week.ends_on + after), month, term_of(Horizon.MONTH, month.ends_on + after), year,
        term_of(Horizon.YEAR, year.ends_on + after), term_of(Horizon.PERSPECTIVE, today),
    ]  # fmt: skip


def wider(horizon: str) -> tuple[str, ...]:
    """Horizons wider than one, the nearest first."""
    return tuple(reversed(ORDER[: ORDER.index(Horizon(horizon))]))
