"""The list of analyses; this year's is begun with one press."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.errors import refused
from opora.foundation.ui.lists import list_response

from ...schoolyear.reading import school_year_of
from .. import events, services
from ..forms import YearForm
from ..listing import analysis_listing
from ..models import YearAnalysis


@route("analysis.view")
def analysis_list(request: ActorRequest) -> HttpResponse:
    """Analyses of all years; years that the school has lived through and not analysed are offered."""
    read_note(events.ANALYSES_LISTED, actor=request.actor)
    rows = YearAnalysis.objects.visible_to(request.actor).select_related("author__user")
    return list_response(request, analysis_listing(), rows, template="analysis/list.html", offered=_offered(request))


def _offered(request: ActorRequest) -> list[tuple[int, str]]:
    """This school year and the last one, unless they are analysed already."""
    if not may(request.actor, "analysis.write"):
        return []
    today = timezone.localdate()
    span = school_year_of(today)
    last = school_year_of(span.starts_on.replace(year=span.year - 1))
    known = set(YearAnalysis.objects.visible_to(request.actor).values_list("year", flat=True))
    return [(one.year, one.title) for one in (span, last) if one.year not in known]


@route("analysis.write", methods=("POST",))
def begin(request: ActorRequest) -> HttpResponse:
    """Begin the analysis of a year."""
    form = YearForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal("year", "Выберите учебный год из предложенных.")
        made = services.analysis_begin(actor=request.actor, year=form.cleaned_data["year"], on=timezone.localdate())
    except Refusal as refusal:
        return refused(request, refusal)
    return redirect("analysis:analysis", public_id=made.public_id)
