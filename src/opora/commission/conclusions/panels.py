"""Conclusions on the page of a case and of a child, and where the steps of the path are made."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from opora.commission.cases.deadlines import deadline
from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.examinations.models import Examination
from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel, step
from opora.people.children.models import Child

from .listing import deadline_words, programme_in_short
from .models import Conclusion, Handover
from .sources import earlier_conclusions


def case_conclusion(actor: Actor, case: Case) -> dict[str, Any] | None:
    """The conclusion of the case with its number; annulled ones below it."""
    every = list(Conclusion.objects.visible_to(actor).filter(case=case).select_related("case", "signed_by"))
    if not every and case.status != Status.DISCUSSION:
        return None
    present = next((one for one in every if one.state != Conclusion.State.ANNULLED), None)
    return {
        "case": case,
        "present": present,
        "programme": programme_in_short(present) if present else "",
        "annulled": [one for one in every if one.state == Conclusion.State.ANNULLED],
        "may_begin": case.status == Status.DISCUSSION and may(actor, "conclusion.edit"),
    }


def case_handover(actor: Actor, case: Case) -> dict[str, Any] | None:
    """When and how the family gets its copy."""
    rows = Handover.objects.visible_to(actor).filter(conclusion__case=case, conclusion__state=Conclusion.State.SIGNED)
    handover = rows.select_related("recipient", "conclusion").first()
    if handover is None:
        return None
    today = timezone.localdate()
    return {
        "case": case,
        "handover": handover,
        "words": deadline_words(handover, today),
        "state": "done" if handover.received_on else deadline(handover.due_on, today),
    }


def child_conclusions(actor: Actor, child: Child) -> dict[str, Any] | None:
    """All conclusions of the child in time: how the programmes changed."""
    rows = Conclusion.objects.visible_to(actor).filter(case__child=child).exclude(state=Conclusion.State.DRAFT)
    found = [(one, programme_in_short(one)) for one in rows.select_related("case").order_by("-signed_on", "-pk")]
    return {"conclusions": found} if found else None


def before_examination(actor: Actor, examination: Examination) -> dict[str, Any] | None:
    """Earlier conclusions, beside a specialist's sheet."""
    found = [(one, programme_in_short(one)) for one in earlier_conclusions(examination.case)]
    return {"earlier": found} if found else None


def _address(name: str) -> Any:
    return lambda case: reverse(f"conclusions:{name}", args=[case.public_id])


def _annul(case: Case) -> str:
    """A case that was finished by another paper has no conclusion to annul."""
    signed = case.conclusions.filter(state=Conclusion.State.SIGNED)
    return reverse("conclusions:annul", args=[case.public_id]) if signed.exists() else ""


panel("case", 50, "Заключение", "conclusions/case_conclusion.html", "conclusion.view", case_conclusion)
panel("case", 60, "Выдача", "conclusions/case_handover.html", "conclusion.view", case_handover)
panel("child", 20, "Заключения", "conclusions/child_conclusions.html", "conclusion.view", child_conclusions)
panel("sheet", 20, "Прежние заключения", "conclusions/earlier.html", "conclusion.view", before_examination)
step("case.sign", _address("of_case"))
step("case.annul", _annul)
step("case.hand_over", _address("handover"))
