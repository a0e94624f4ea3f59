"""Conclusions on ГИА on the page of a case and of a child."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.conclusions.sources import edition_of
from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel, step
from opora.people.children.models import Child
from opora.regulations.attestation.offering import has_attestation

from .models import AttestationConclusion
from .services.drafting import BEGUN_IN
from .sources import is_near_examinations


def case_attestation(actor: Actor, case: Case) -> dict[str, Any] | None:
    """The conclusion on ГИА of the case, or the button that begins it for a learner near ГИА."""
    rows = AttestationConclusion.objects.visible_to(actor).filter(case=case)
    every = list(rows.select_related("case__child", "signed_by", "recipient"))
    present = next((one for one in every if one.state != AttestationConclusion.State.ANNULLED), None)
    may_begin = present is None and _may_begin(actor, case)
    if not every and not may_begin:
        return None
    return {
        "case": case,
        "attestation": present,
        "annulled_attestations": [one for one in every if one != present],
        "may_begin_attestation": may_begin,
    }


def _may_begin(actor: Actor, case: Case) -> bool:
    if case.status not in BEGUN_IN or not may(actor, "attestation.edit"):
        return False
    return has_attestation(edition_of(case)) and is_near_examinations(case, timezone.localdate())


def child_attestations(actor: Actor, child: Child) -> dict[str, Any] | None:
    """All signed conclusions on ГИА of the learner, annulled ones too."""
    rows = AttestationConclusion.objects.visible_to(actor).filter(case__child=child)
    found = list(rows.exclude(state=AttestationConclusion.State.DRAFT).order_by("-signed_on", "-pk"))
    return {"attestations": found} if found else None


def _finish(case: Case) -> str:
    """The step is offered when the conclusion on ГИА is with the family."""
    handed = case.attestations.filter(state=AttestationConclusion.State.SIGNED, handed_on__isnull=False)
    return reverse("attestation:finish", args=[case.public_id]) if handed.exists() else ""


step("case.finish_attestation", _finish)
panel("case", 55, "Заключение ГИА", "attestation/case_attestation.html", "attestation.view", case_attestation)
panel("child", 22, "Заключения ГИА", "attestation/child_attestations.html", "attestation.view", child_attestations)
