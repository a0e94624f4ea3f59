"""«Руководство Службой»: load, coverage, risk, what is late, plans, samples, law — each figure opens its list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note

from ...plans.naming import plan_title
from ...worklog.listing import spans
from .. import events
from ..coverage import KINDS, counts_of, covers_of
from ..law import act_lines
from ..load import loads_of
from ..waiting import late_figures, plans_waiting, quality_figures, risk_figures

MONTHS = ("month", "before")


@route("leading.view")
def desk(request: ActorRequest) -> HttpResponse:
    """A fixed number of queries, however much work there is."""
    actor, today = request.actor, timezone.localdate()
    read_note(events.LEADING_OPENED, actor=actor)
    months = {one.code: one for one in spans(today) if one.code in MONTHS}
    span = months.get(request.GET.get("period", ""), months["month"])
    loads, covers = loads_of(actor, span, today), covers_of(actor, today)
    counts = counts_of(covers)
    context = {
        "today": today, "span": span, "months": months.values(), "loads": loads,
        "covered": len(covers), "coverage": [(kind, title, counts[kind]) for kind, title in KINDS.items()],
        "risk": risk_figures(actor), "late": late_figures(actor, today),
        "plans": [(plan_title(one), one) for one in plans_waiting(actor)],
        "quality": quality_figures(actor), "changed": [one for one in act_lines(today) if one.change],
        "may_draw": may(actor, "quality.draw"), "recalled": any(one.norm and not one.norm.is_own for one in loads),
    }  # fmt: skip
    return render(request, "leading/desk.html", context)
