"""Programmes on the child's page, the package of a child who has left, and where the steps of their path are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.access.knowledge import may_change
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel, step
from opora.people.children.models import Child, Enrolment
from opora.school.consilium.models import AgendaItem

from .models import Programme, ProgrammeHandover
from .services.leaving import handover_is_whole


def child_programmes(actor: Actor, child: Child) -> dict[str, Any] | None:
    """The child's programmes, the newest first, and the chair's way to begin one."""
    programmes = list(Programme.objects.visible_to(actor).filter(child=child).with_people())
    begins = may(actor, "programme.open") and may_change(actor, child.public_id)
    begins = begins and all(one.is_over for one in programmes)
    if not programmes and not begins:
        return None
    return {"programmes": programmes, "child": child, "begins": begins}


def item_programmes(actor: Actor, item: AgendaItem) -> dict[str, Any] | None:
    """The same beside a signed opinion on difficulties: the chair begins the programme from there."""
    decided = item.state == AgendaItem.State.SIGNED and item.outcome == AgendaItem.Outcome.DIFFICULTIES
    return child_programmes(actor, item.child) if decided else None


def programme_handover(actor: Actor, programme: Programme) -> dict[str, Any] | None:
    """The package for the next school, of a programme that was closed because the child has left."""
    found = ProgrammeHandover.objects.visible_to(actor).filter(programme=programme).select_related("programme__child")
    handover = found.first()
    if handover is None:
        return None
    present = Enrolment.objects.visible_to(actor).filter(child=programme.child_id, ended_on__isnull=True)
    place = present.exclude(school=programme.organisation_id).select_related("school").first()
    return {
        "handover": handover,
        "school": str(place.school) if place and place.school else "",
        "is_whole": handover_is_whole(handover),
    }


def _address(name: str) -> Callable[[Programme], str]:
    return lambda programme: reverse(f"programmes:{name}", args=[programme.public_id])


panel("programme", 10, "Пакет для новой школы", "programmes/handover.html", "programme.read", programme_handover)
panel("agenda-item", 5, "Программа сопровождения", "programmes/child_panel.html", "programme.view", item_programmes)
panel("child", 40, "Программы сопровождения", "programmes/child_panel.html", "programme.view", child_programmes)
step("programme.send_to_family", _address("draft"))
step("programme.take_back", _address("take_back"))
step("programme.agree", _address("family"))
step("programme.approve", _address("approve"))
step("programme.cancel", _address("cancel"))
step("programme.finish", lambda programme: f"{_address('ending')(programme)}#decision")
step("programme.continue", lambda programme: f"{_address('ending')(programme)}#decision")
