"""The state of the consents on the child's file: both kinds for each representative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.freezes import Way, way_out
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child, Guardian, Guardianship

from .models import Consent, Withdrawal
from .services import SHORT_TITLES


@dataclass(frozen=True)
class ConsentLine:
    """One kind of consent of one representative, with its withdrawal."""

    guardian: Guardian
    is_present: bool
    kind: str
    title: str
    consent: Consent | None
    in_force: bool
    withdrawal: Withdrawal | None


def child_consents(actor: Actor, child: Child) -> dict[str, Any]:
    """Context of the panel; three queries."""
    links = list(Guardianship.objects.filter(child=child).select_related("guardian"))
    known = list(Consent.objects.visible_to(actor).filter(child=child))
    taken = Withdrawal.objects.visible_to(actor).filter(consent__child=child).exclude(state=Withdrawal.State.LIFTED)
    back = {one.consent_id: one for one in taken}
    today = timezone.localdate()
    lines = [
        line
        for link in links
        for kind in Consent.Kind
        if (line := _line(link, kind, known, back, today)).consent or link.ended_on is None
    ]
    return {"lines": lines, "child": child}


def _line(
    link: Guardianship, kind: Consent.Kind, known: list[Consent], back: dict[int, Withdrawal], today: date
) -> ConsentLine:
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
        withdrawal=back.get(last.pk) if last else None,
    )


panel("child", 20, "Согласия", "consents/child_consents.html", "consent.view", child_consents)


def to_withdrawal(actor: Actor, person_id: str) -> Way | None:
    """From the page of a frozen card to the withdrawal that froze it."""
    rows = Withdrawal.objects.kept_for(actor).filter(
        consent__child__public_id=person_id, consent__kind=Consent.Kind.CHILD_DATA
    )
    found = rows.exclude(state=Withdrawal.State.LIFTED).order_by("state", "-pk").first()
    return Way("Отзыв согласия", reverse("consents:withdrawal", args=[found.public_id])) if found else None


way_out("consent.withdraw", to_withdrawal)
