"""The child's line of cases, on the page of the child's file."""

from __future__ import annotations

from typing import Any

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child

from .models import Case


def child_cases(actor: Actor, child: Child) -> dict[str, Any]:
    cases = list(Case.objects.visible_to(actor).filter(child=child))
    return {"cases": cases, "child": child, "has_open": any(case.is_open for case in cases)}


panel("child", 10, "Обращения", "cases/child_cases.html", "case.view", child_cases)
