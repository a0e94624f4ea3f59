"""The reception on the page of a case, and where its steps are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from opora.commission.cases.models import Case
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel, step

from .facts import edition_of
from .lines import paper_lines
from .models import Application, Booking


def application_panel(actor: Actor, case: Case) -> dict[str, Any] | None:
    """What was applied for and by whom."""
    rows = Application.objects.visible_to(actor).filter(case=case).select_related("applicant", "referred_by", "scan")
    application = rows.first()
    if application is None:
        return None
    initiators = {choice.code: choice.title for choice in edition_of(case).vocabulary("initiator").choices}
    return {"case": case, "application": application, "initiator": initiators.get(application.initiator, "")}


def papers_panel(actor: Actor, case: Case) -> dict[str, Any] | None:
    """How complete the package is."""
    lines = paper_lines(case)
    if not lines:
        return None
    papers = [line.paper for line in lines]
    return {
        "case": case,
        "total": len(papers),
        "received": sum(paper.received_on is not None for paper in papers),
        "missing": [line for line in lines if line.paper.is_missing],
        "unchecked": [line for line in lines if line.state == "received"],
    }


def booking_panel(actor: Actor, case: Case) -> dict[str, Any] | None:
    """The booking in force and those before it."""
    rows = Booking.objects.visible_to(actor).filter(case=case).select_related("slot__place", "booked_by")
    bookings = list(rows.order_by("-pk"))
    if not bookings:
        return None
    live = next((one for one in bookings if one.state in (Booking.State.BOOKED, Booking.State.ARRIVED)), None)
    return {"case": case, "live": live, "earlier": [one for one in bookings if one is not live]}


def _page(name: str) -> Callable[[Any], str]:
    return lambda case: reverse(f"intake:{name}", args=[case.public_id])


panel("case", 10, "Заявление", "intake/panel_application.html", "intake.view", application_panel)
panel("case", 20, "Документы", "intake/panel_papers.html", "intake.view", papers_panel)
panel("case", 30, "Запись", "intake/panel_booking.html", "intake.view", booking_panel)

step("case.receive", _page("receive"))
step("case.accept_papers", _page("accept_papers"))
step("case.reopen_papers", _page("reopen_papers"))
step("case.refuse", _page("refuse"))
step("case.book", _page("book"))
step("case.unbook", _page("unbook"))
step("case.miss", _page("miss"))
step("case.withdraw", _page("withdraw"))
