"""The card of a pupil (карта развития): what is going on now, the class, the consent to an examination."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child

from .models import ExaminationConsent, Placement
from .now import lines_of
from .selectors import state_of


def child_now(actor: Actor, child: Child) -> dict[str, Any] | None:
    """One line for each thing under way; nothing is shown when nothing is."""
    lines = lines_of(actor, child, timezone.localdate())
    return {"lines": lines, "today": timezone.localdate()} if lines else None


def child_place(actor: Actor, child: Child) -> dict[str, Any]:
    """The class now and before, the last answer about an examination and those before it; two queries."""
    places = Placement.objects.visible_to(actor).filter(child=child).select_related("school_class__teacher__user")
    found = list(places)
    rows = ExaminationConsent.objects.visible_to(actor).filter(child=child).select_related("guardian", "recorded_by")
    answers = list(rows.order_by("-signed_on", "-pk"))
    return {
        "child": child,
        "present": next((one for one in found if one.ended_on is None), None),
        "before": [one for one in found if one.ended_on is not None],
        "state": state_of(answers[0] if answers else None),
        "answers": answers,
    }


panel("child", 2, "Сейчас", "pupils/child_now.html", "pupil.view", child_now)
panel("child", 4, "Класс и согласие на обследование", "pupils/child_place.html", "pupil.view", child_place)
