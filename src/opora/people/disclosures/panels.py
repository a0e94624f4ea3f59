"""«Кому передавали сведения» on the child's file."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child

from .listing import deadline
from .models import Disclosure
from .sources import press


def child_disclosures(actor: Actor, child: Child) -> dict[str, Any]:
    """The log of the child: each request with its answer; one query."""
    today = timezone.localdate()
    rows = Disclosure.objects.kept_for(actor).filter(child=child).select_related("recipient", "guardian")
    return {
        "child": child,
        "lines": [(one, deadline(one, today)) for one in rows],
        "print_url": press().transfers_address(child),
    }


panel(
    "child", 70, "Кому передавали сведения", "disclosures/child_disclosures.html", "disclosure.view", child_disclosures
)
