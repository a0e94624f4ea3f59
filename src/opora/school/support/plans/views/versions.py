"""Two approved versions of a plan side by side."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from opora.foundation.access.routes import ActorRequest, route

from ..comparing import compared
from ..models import PlanVersion, WorkPlan
from ..naming import plan_title, whose


@route("plan.view", WorkPlan)
def versions(request: ActorRequest, plan: WorkPlan) -> HttpResponse:
    """The two newest versions, or those that are asked for."""
    rows = list(plan.versions.select_related("snapshot", "approved_by").order_by("-number"))
    new = _asked(rows, request.GET.get("new", "")) or (rows[0] if rows else None)
    old = _asked(rows, request.GET.get("old", "")) or (rows[1] if len(rows) > 1 else None)
    pairs = compared(old.snapshot.content, new.snapshot.content) if old and new else []
    context = {
        "plan": plan, "title": plan_title(plan), "whose": whose(plan), "versions": rows, "old": old, "new": new,
        "pairs": pairs,
    }  # fmt: skip
    return render(request, "plans/versions.html", context)


def _asked(rows: list[PlanVersion], wanted: str) -> PlanVersion | None:
    return next((one for one in rows if str(one.number) == wanted), None)
