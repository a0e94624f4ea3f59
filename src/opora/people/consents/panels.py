"""The state of the consents on the child's file: both kinds for each representative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child, Guardian, Guardianship

from .models import Consent
from .services import SHORT_TITLES, processing_stops_on


@dataclass(frozen=True)
class ConsentLine:
    """One kind of consent of one representative; `stop_on` is the end of the term after a withdrawal."""

    guardian: Guardian
    is_present: bool
    kind: str
    title: str
    consent: Consent | None
    in_force: bool
    stop_on: date | None


def child_consents(actor: Actor, child: Child) -> dict[str, Any]:
    """Context of the panel; two queries."""
    links = list(Guardianship.objects.filter(child=child).select_related("guardian"))
    known = list(Consent.objects.visible_to(actor).filter(child=child))
    today = timezone.localdate()
    lines = [
        line
        for link in links
        for kind in Consent.Kind
        if (line := _line(link, kind, known, today)).consent or link.ended_on is None
    ]
    return {"lines": lines, "child": child}


def _line(link: Guardianship, kind: Consent.Kind, known: list[Consent], today: date) -> ConsentLine:
    mine = [one for one in known if one.guardian_id == link.guardian_id and one.kind == kind]
    mine.sort(key=lambda one: (one.withdrawn_on is None, one.signed_on), reverse=True)
    last = next(iter(mine), None)
    withdrawn = last.withdrawn_on if last else None
    return ConsentLine(
        guardian=link.guardian,
        is_present=link.ended_on is None,
        kind=str(kind),
        title=SHORT_TITLES[kind],
        consent=last,
        in_force=last is not None and (withdrawn is None or withdrawn > today),
        stop_on=processing_stops_on(withdrawn) if withdrawn else None,
    )


panel("child", 20, "Согласия", "consents/child_consents.html", "consent.view", child_consents)
