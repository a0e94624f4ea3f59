"""The list of cases and the page of a case."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import read_note
from opora.foundation.ui.lists import list_response
from opora.foundation.ui.panels import shown, step_address

from .deadlines import deadline
from .events import CASE_OPENED, CASES_LISTED
from .flow import FINISHED, PATH, Status, Transition, available, next_step
from .listing import case_listing
from .models import Case


@dataclass(frozen=True)
class Milestone:
    """One step of the line over a case: passed, current or to come."""

    title: str
    state: str


def milestones(case: Case) -> list[Milestone]:
    """The line of steps; a refused or withdrawn case shows where it ended."""
    if case.status in (Status.REFUSED, Status.WITHDRAWN):
        return [Milestone(str(Status.OPENED.label), "done"), Milestone(str(case.get_status_display()), "current")]
    here = PATH.index(Status(case.status))
    return [
        Milestone(str(status.label), _mark(place, here, done=case.status in FINISHED))
        for place, status in enumerate(PATH)
    ]


def _mark(place: int, here: int, *, done: bool) -> str:
    if place < here or done:
        return "done"
    return "current" if place == here else "ahead"


@dataclass(frozen=True)
class Button:
    """An action of the page: where it is made, or why it has to wait."""

    row: Transition
    address: str


def buttons(actor: Actor, case: Case) -> list[Button]:
    """What this person may do with the case now, the next step first."""
    return [
        Button(row, address) for row in available(case.status, actor) if (address := step_address(row.action, case))
    ]


@route("case.view", Case, opens=CASE_OPENED)
def case_page(request: ActorRequest, case: Case) -> HttpResponse:
    """The file of one case: header, line of steps, panels of all rooms, history."""
    offered = buttons(request.actor, case)
    step = next_step(case.status)
    main = next((one for one in offered if one.row.main), None)
    return render(
        request,
        "cases/case.html",
        {
            "case": case,
            "child": case.child,
            "milestones": milestones(case),
            "main": main,
            "others": [one for one in offered if one is not main],
            "waits_for": step if step and main is None else None,
            "panels": shown("case", request.actor, case),
            "history": Event.objects.visible_to(request.actor).about(case).deeds().select_related("user")[:20],
            "state": deadline(case.due_on, timezone.localdate()),
        },
    )


@route("case.view")
def case_list(request: ActorRequest) -> HttpResponse:
    """All cases of the commission: searched, narrowed, sorted, printed, exported."""
    read_note(CASES_LISTED, actor=request.actor)
    rows = Case.objects.visible_to(request.actor).with_child()
    return list_response(request, case_listing(request.actor), rows)
