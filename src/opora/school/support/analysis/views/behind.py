"""What stands behind a figure of an analysis, as far as the reader may know it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone

from opora.foundation.access import fields
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import record
from opora.foundation.ui.lists import list_response

from ...schoolyear.reading import school_year
from .. import events
from ..figures.catalogue import RULES
from ..figures.tables import TOTAL, Rule
from ..figures.year import Year, year_ago
from ..listing import KINDS, behind_listing
from ..models import YearAnalysis
from ..writing import span_of

CODE = 60  # signs of the code of a row or a column
FIRST = "directions"
EMPTY = "За этой цифрой нет записей, которые вам видны."


@route("analysis.view", YearAnalysis)
def figure(request: ActorRequest, found: YearAnalysis) -> HttpResponse:
    """The rows of a figure of this year or the last one, with how many of them are hidden; an audited opening."""
    rule = RULES.get(request.GET.get("table", FIRST))
    row, measure = request.GET.get("row", TOTAL)[:CODE], request.GET.get("measure", "")[:CODE]
    is_last, on = request.GET.get("year") == "last", found.approved_on or timezone.localdate()
    year = Year(found.organisation, school_year(found.year - is_last), year_ago(on) if is_last else on)
    behind = rule.behind(year, row, measure) if rule else None
    if rule is None or behind is None:
        raise Http404
    known: Any = behind.model._default_manager
    every = known.of(found.organisation).filter(behind.condition).count()
    rows, withheld = known.visible_to(request.actor).filter(behind.condition), ""
    if behind.field_class and not fields.sees(request.actor, behind.field_class):
        rows, withheld = rows.none(), fields.field_class(behind.field_class).who_for(request.actor)
    count = rows.count()
    record(events.FIGURE_OPENED, actor=request.actor, subject=found, table=rule.title, count=count)
    context = {
        "analysis": found, "analysis_title": span_of(found).title, "rule": rule, "year": year.span, "until": year.until,
        "row_label": _label(rule, year, row), "hidden": every - count, "withheld": withheld,
    }  # fmt: skip
    loaded = rows.select_related(*KINDS[behind.model].loaded)
    listing = behind_listing(behind.model, rule.title, EMPTY)
    return list_response(request, listing, loaded, template="analysis/figure.html", **context)


def _label(rule: Rule, year: Year, row: str) -> str:
    """The caption of the row that was opened."""
    if row == TOTAL:
        return "всего"
    return next((line.label for line in rule.count(year).lines if line.code == row), "")
