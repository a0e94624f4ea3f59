"""Examinations on the page of a case, and where the steps of the path are made."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from opora.commission.cases.flow import PATH, Status
from opora.commission.cases.models import Case
from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel, step

from .board import startable_visit
from .models import Examination, Visit


def case_examinations(actor: Actor, case: Case) -> dict[str, Any] | None:
    """Who examines, in which state, since when; the button to begin an own sheet."""
    visits = list(Visit.objects.visible_to(actor).filter(case=case).select_related("session__place"))
    begun = case.status in PATH and PATH.index(Status(case.status)) >= PATH.index(Status.EXAMINATION)
    if not visits and not begun:
        return None
    may_examine = may(actor, "examination.write")
    found = startable_visit(actor, case) if may_examine else None
    return {
        "case": case,
        "visits": visits,
        "sheets": list(Examination.objects.visible_to(actor).filter(case=case).with_people()),
        "may_read": may(actor, "examination.view"),
        "startable": found[1] if found else [],
    }


def _address(name: str) -> Any:
    return lambda case: reverse(f"examinations:{name}", args=[case.public_id])


panel("case", 40, "Обследования", "examinations/case_panel.html", "session.view", case_examinations)
step("case.arrive", _address("case_arrive"))
step("case.discuss", _address("case_discuss"))
step("case.reexamine", _address("case_reexamine"))
