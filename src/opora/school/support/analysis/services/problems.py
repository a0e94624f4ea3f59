"""Lines of the problem analysis: what is wrong, why, what is done; what became of those of the last year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from ...plans.models import PlanItem, WorkPlan
from ...plans.services import item_add, may_write
from ...schoolyear.reading import school_year
from .. import events
from ..flow import PROBLEMS
from ..models import Problem, YearAnalysis
from .drafting import open_require

FIELDS = ("problem", "cause", "measure", "responsible", "due_on")
MOST = 60


@transaction.atomic
def problem_add(*, actor: Actor, analysis: YearAnalysis, **values: Any) -> Problem:
    """Add a line: `problem` and any of the other `FIELDS`. Raises PermissionDenied, Refusal, ValidationError."""
    fresh = open_require(actor, analysis)
    if fresh.problems.count() >= MOST:
        raise Refusal("too_many", f"Больше {MOST} проблем в анализе не помещается.", PROBLEMS, "problem")
    last = fresh.problems.aggregate(last=Max("order"))["last"] or 0
    line = Problem(organisation=actor.at, analysis=fresh, order=last + 1)
    _fill(actor, line, values)
    line.save()
    record(events.PROBLEM_ADDED, actor=actor, subject=fresh)
    return line


@transaction.atomic
def problem_change(*, actor: Actor, problem: Problem, values: Mapping[str, Any]) -> Problem:
    """Change a line by any of `FIELDS`. Raises PermissionDenied, Refusal, ValidationError."""
    fresh = _locked(actor, problem)
    changed = _fill(actor, fresh, values)
    if changed:
        fresh.save()
        words = ", ".join(str(Problem._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
        record(events.PROBLEM_CHANGED, actor=actor, subject=fresh.analysis, fields=words)
    return fresh


@transaction.atomic
def problem_remove(*, actor: Actor, problem: Problem) -> None:
    """Take a line away. Raises PermissionDenied, Refusal once the analysis is handed in."""
    fresh = _locked(actor, problem)
    record(events.PROBLEM_REMOVED, actor=actor, subject=fresh.analysis)
    fresh.delete()


@transaction.atomic
def problem_came_mark(
    *, actor: Actor, analysis: YearAnalysis, problem: Problem, came: str, words: str = ""
) -> Problem:  # fmt: skip
    """Say in this year's analysis what became of a problem of the last one. Raises PermissionDenied, Refusal."""
    fresh = open_require(actor, analysis)
    require_own(actor, problem)
    if problem.analysis.year != fresh.year - 1:
        raise Refusal("other_year", "Отмечают проблемы прошлого учебного года.", PROBLEMS)
    line = Problem.objects.select_for_update().get(pk=problem.pk)
    line.came, line.came_words = came, " ".join(words.split())
    line.full_clean(exclude=["organisation", "analysis", "responsible", "plan_item"])
    line.save(update_fields=["came", "came_words"])
    label = line.get_came_display() or "не отмечено"
    record(events.PROBLEM_CAME, actor=actor, subject=fresh, came=label)
    return line


@transaction.atomic
def problem_plan(*, actor: Actor, problem: Problem, direction: str) -> PlanItem:
    """Put the measure of a problem into the open plan of the service for the next year: one line, linked to it.

    Raises PermissionDenied, Refusal: no measure, no such plan, already there.
    """
    require(actor, "analysis.write")
    require_own(actor, problem)
    line = Problem.objects.select_for_update(of=("self",)).select_related("analysis", "responsible").get(pk=problem.pk)
    if line.plan_item_id is not None:
        raise Refusal("planned", "Эта мера уже стоит в плане.", PROBLEMS)
    if not line.measure:
        raise Refusal("no_measure", "Сначала напишите, что будет сделано.", PROBLEMS, "measure")
    plan = next_plan(actor, line.analysis.year)
    if plan is None:
        raise Refusal(
            "no_plan",
            f"Годового плана Службы на {school_year(line.analysis.year + 1).title} ещё нет, или он уже утверждён. "
            "Начните его в разделе «Планы» и вернитесь.",
            PROBLEMS,
        )
    values: dict[str, Any] = {"direction": direction, "title": line.measure, "aim": line.problem}
    if line.responsible is not None:
        values["responsible"] = line.responsible
    if line.due_on is not None and plan.starts_on <= line.due_on <= plan.ends_on:
        values["ends_on"] = line.due_on
    line.plan_item = item_add(actor=actor, plan=plan, **values)
    line.save(update_fields=["plan_item"])
    record(events.PROBLEM_PLANNED, actor=actor, subject=line.analysis)
    return line.plan_item


def next_plan(actor: Actor, year: int) -> WorkPlan | None:
    """The plan of the whole service for the year after, that the actor may still write in."""
    span = school_year(year + 1)
    rows = WorkPlan.objects.visible_to(actor).filter(
        horizon=WorkPlan.Horizon.YEAR, owner__isnull=True, starts_on__gte=span.starts_on, starts_on__lte=span.ends_on
    )
    return next((plan for plan in rows if plan.is_open and may_write(actor, plan)), None)


def _locked(actor: Actor, problem: Problem) -> Problem:
    require_own(actor, problem)
    analysis = open_require(actor, problem.analysis)
    fresh = Problem.objects.select_for_update(of=("self",)).select_related("responsible").filter(pk=problem.pk).first()
    if fresh is None:
        raise Refusal("gone", "Эту строку уже убрали: обновите страницу.")
    fresh.analysis = analysis
    return fresh


def _fill(actor: Actor, line: Problem, values: Mapping[str, Any]) -> list[str]:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise TypeError(f"no such fields of a problem: {sorted(unknown)}")
    changed = []
    for name, given in values.items():
        value = " ".join(given.split()) if isinstance(given, str) else given
        if getattr(line, name) != value:
            setattr(line, name, value)
            changed.append(name)
    if not line.problem:
        raise Refusal("no_problem", "Напишите, в чём проблема.", PROBLEMS, "problem")
    _require_day(line.due_on, line.analysis.year)
    if line.responsible is not None and "responsible" in changed:
        require_own(actor, line.responsible)
    line.full_clean(exclude=["organisation", "analysis", "responsible", "plan_item"], validate_constraints=False)
    return changed


def _require_day(day: date | None, year: int) -> None:
    first, last = school_year(year).starts_on, school_year(year + 2).ends_on
    if day is not None and not first <= day <= last:
        raise Refusal("day", f"Срок — с {first:%d.%m.%Y} по {last:%d.%m.%Y}.", PROBLEMS, "due_on")
