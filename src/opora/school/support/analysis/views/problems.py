"""Lines of the problem analysis: saved as they are changed, a refused one keeps what was typed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt

from .. import services
from ..flow import PROBLEMS
from ..forms import CameForm, DirectionForm, ProblemForm
from ..models import Problem, YearAnalysis
from .page import analysis_page, staff_of


def _back(analysis: YearAnalysis, line: Problem | None = None) -> HttpResponseRedirect:
    anchor = f"problem-{line.public_id}" if line else "problem-new"
    return HttpResponseRedirect(f"{reverse('analysis:analysis', args=[analysis.public_id])}#{anchor}")


@route("analysis.write", YearAnalysis, methods=("POST",))
def problem_add(request: ActorRequest, found: YearAnalysis) -> HttpResponse:
    """Another line."""
    form = ProblemForm(staff_of(request), request.POST)
    if form.is_valid():
        made = attempt(form, lambda: services.problem_add(actor=request.actor, analysis=found, **form.values))
        if made is not None:
            return _back(found)
    return analysis_page(request, found, status=422, problem_new=form)


@route("analysis.write", Problem, methods=("POST",))
def problem(request: ActorRequest, found: Problem) -> HttpResponse:
    """Save a line, or take it away."""
    if request.POST.get("deed") == "remove":
        try:
            services.problem_remove(actor=request.actor, problem=found)
        except Refusal as refusal:
            return refused(request, refusal)
        return _back(found.analysis)
    form = ProblemForm(staff_of(request), request.POST, line=found)
    if form.is_valid():
        saved = attempt(form, lambda: services.problem_change(actor=request.actor, problem=found, values=form.values))
        if saved is not None:
            return (
                render(request, "analysis/problem_saved.html", {"line": saved})
                if request.htmx
                else _back(found.analysis, saved)
            )
    return _refused(request, found, form)


def _refused(request: ActorRequest, line: Problem, form: ProblemForm) -> HttpResponse:
    if request.htmx:
        context = {"line": line, "form": form, "analysis": line.analysis}
        return render(request, "analysis/problem.html", context, status=422)
    others = Problem.objects.visible_to(request.actor).filter(analysis=line.analysis)
    staff = staff_of(request)
    problems = [
        (one, form if one.pk == line.pk else ProblemForm.of(staff, one))
        for one in others.select_related(*Problem.loaded_with)
    ]
    return analysis_page(request, line.analysis, status=422, problems=problems)


@route("analysis.write", Problem, methods=("POST",))
def problem_came(request: ActorRequest, line: Problem) -> HttpResponse:
    """What became of a problem, told in the analysis of the year after."""
    found = YearAnalysis.objects.visible_to(request.actor).filter(year=line.analysis.year + 1).first()
    if found is None:
        return refused(request, Refusal("no_analysis", "Анализ следующего года ещё не начат.", PROBLEMS))
    form = CameForm(line, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        saved = attempt(
            form,
            lambda: services.problem_came_mark(
                actor=request.actor, analysis=found, problem=line, came=given["came"], words=given["came_words"]
            ),
        )
        if saved is not None:
            if request.htmx:
                return render(request, "analysis/problem_saved.html", {"line": saved, "prefix": "came-"})
            address = reverse("analysis:analysis", args=[found.public_id])
            return HttpResponseRedirect(f"{address}#came-{saved.public_id}")
    if request.htmx:
        return render(request, "analysis/came.html", {"line": line, "form": form, "analysis": found}, status=422)
    return analysis_page(request, found, status=422, last_problems=_last(request, found, form))


def _last(request: ActorRequest, analysis: YearAnalysis, form: CameForm) -> list[tuple[Problem, CameForm]]:
    rows = Problem.objects.visible_to(request.actor).filter(analysis__year=analysis.year - 1)
    return [
        (one, form if one.pk == form.line.pk else CameForm.of(one)) for one in rows.select_related(*Problem.loaded_with)
    ]


@route("analysis.write", Problem, methods=("POST",))
def problem_plan(request: ActorRequest, found: Problem) -> HttpResponse:
    """Carry the measure into the plan of the next year."""
    form = DirectionForm(request.POST)
    if not form.is_valid():
        return analysis_page(request, found.analysis, status=422)
    try:
        services.problem_plan(actor=request.actor, problem=found, direction=form.cleaned_data["direction"])
    except Refusal as refusal:
        return refused(request, refusal)
    messages.success(request, "Мера внесена в годовой план.")
    return _back(found.analysis, found)
