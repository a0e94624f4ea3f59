"""The analysis on one page: figures with pictures, words, problems; and how they differ from what was approved."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.models import Position
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.roles import SCHOOL_ROLES
from opora.foundation.audit.models import Event
from opora.foundation.ui import panels

from ...approval import CLAUSE, Status
from ...materials.models import WorkDirection
from ...schoolyear.reading import school_year
from .. import events
from ..figures.catalogue import tables_of
from ..flow import STATEMENT
from ..forms import CameForm, ProblemForm, RemarksForm
from ..listing import COLOURS
from ..models import Problem, YearAnalysis
from ..services.problems import next_plan
from ..shown import goes_on, sections_shown
from ..writing import analysis_content, differences, frozen_content, span_of


@route("analysis.view", YearAnalysis, opens=events.ANALYSIS_OPENED)
def analysis(request: ActorRequest, found: YearAnalysis) -> HttpResponse:
    """The figures as they are today or, once approved, as they were."""
    return analysis_page(request, found)


def analysis_page(
    request: ActorRequest, analysis: YearAnalysis, *, status: int = 200, **changes: Any
) -> HttpResponse:  # fmt: skip
    """`changes` of the context: a form that was refused, with what was typed."""
    actor, today = request.actor, timezone.localdate()
    frozen = frozen_content(analysis)
    content = frozen or analysis_content(analysis, today)
    writes = analysis.is_open and may(actor, "analysis.write")
    shown = sections_shown(analysis, content, analysis.sections.select_related("analysis", "user"))
    context: dict[str, Any] = {
        "analysis": analysis,
        "content": content,
        "counted_on": date.fromisoformat(content["counted_on"]),
        "is_frozen": frozen is not None,
        "goes_on": goes_on(content),
        "sections": shown,
        "unwritten": [one for one in shown if one.is_unwritten],
        "writes": writes,
        "colour": COLOURS.get(Status(analysis.status), "neutral"),
        "steps": _steps(analysis),
        "may_submit": writes and may(actor, "analysis.submit"),
        "may_approve": analysis.status == Status.EXAMINED and may(actor, "analysis.approve"),
        "may_return": analysis.status in (Status.SUBMITTED, Status.EXAMINED) and may(actor, "analysis.return"),
        "may_change": analysis.status == Status.APPROVED and may(actor, "analysis.change"),
        "remarks_form": RemarksForm(auto_id="return-%s"),
        "change_form": RemarksForm(auto_id="change-%s"),
        "clause": CLAUSE,
        "statement": STATEMENT,
        "panels": panels.shown("year-analysis", actor, analysis),
        "events": list(Event.objects.visible_to(actor).about(analysis).select_related("user")[:15]),
    }
    context |= problems_context(request, analysis, writes=writes) | changes
    return render(request, "analysis/analysis.html", context, status=status)


def problems_context(request: ActorRequest, analysis: YearAnalysis, *, writes: bool) -> dict[str, Any]:
    """Lines of the problem analysis and those of the last year beside them."""
    actor = request.actor
    lines = list(Problem.objects.visible_to(actor).filter(analysis=analysis).select_related(*Problem.loaded_with))
    last = Problem.objects.visible_to(actor).filter(analysis__year=analysis.year - 1)
    staff = staff_of(request) if writes else []
    may_plan = may(actor, "analysis.write") and any(one.measure and one.plan_item_id is None for one in lines)
    return {
        "problems": [(line, ProblemForm.of(staff, line) if writes else None) for line in lines],
        "problem_new": ProblemForm(staff) if writes else None,
        "last_problems": [
            (line, CameForm.of(line) if writes else None) for line in last.select_related(*Problem.loaded_with)
        ],
        "next_plan": next_plan(actor, analysis.year) if may_plan else None,
        "next_title": school_year(analysis.year + 1).title,
        "may_plan": may_plan,
        "directions": WorkDirection.choices,
    }


def staff_of(request: ActorRequest) -> list[Position]:
    """Posts at this school that may answer for a measure."""
    rows = Position.objects.visible_to(request.actor).held_on(timezone.localdate()).filter(role__in=SCHOOL_ROLES)
    return list(rows.select_related("user").order_by("user__last_name", "role"))


def _steps(analysis: YearAnalysis) -> list[dict[str, str]]:
    place = {Status.SUBMITTED: 1, Status.EXAMINED: 1, Status.APPROVED: 2}.get(Status(analysis.status), 0)
    titles = ("Цифры и тексты — руководитель Службы", "Директор утверждает", "Утверждён")
    states = ["done" if at < place or place == 2 else "current" if at == place else "ahead" for at in range(3)]
    return [{"title": title, "state": state} for title, state in zip(titles, states, strict=True)]


@route("analysis.view", YearAnalysis)
def compared(request: ActorRequest, found: YearAnalysis) -> HttpResponse:
    """Whether the approved figures are still those of the register; a piece of the page."""
    frozen = frozen_content(found)
    changed = []
    if frozen is not None:
        changed = differences(
            frozen, tables_of(found.organisation, span_of(found), date.fromisoformat(frozen["counted_on"]))
        )
    context = {"analysis": found, "is_frozen": frozen is not None, "differences": changed}
    template = "analysis/compared.html" if request.htmx else "analysis/compared_page.html"
    return render(request, template, context)
