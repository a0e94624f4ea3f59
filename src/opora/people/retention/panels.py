"""«Хранение карты» on the child's file."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.freezes import Way, way_out
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child

from .keeping import clause_for, due_on, held
from .models import DestructionOrder


def child_keeping(actor: Actor, child: Child) -> dict[str, Any]:
    """Until when, and whether a ban stands; one query."""
    today = timezone.localdate()
    return {
        "child": child,
        "due_on": due_on(child, today),
        "is_held": held(child, today).exists(),
        "clause": clause_for(child.organisation),
    }


panel("child", 90, "Хранение карты", "retention/child_keeping.html", "retention.view", child_keeping)


def to_act(actor: Actor, person_id: str) -> Way | None:
    """From the page of a destroyed card to its act."""
    found = DestructionOrder.objects.kept_for(actor).filter(child__public_id=person_id, state="destroyed").first()
    return Way("Акт об уничтожении", reverse("retention:order", args=[found.public_id])) if found else None


way_out("retention.view", to_act)
