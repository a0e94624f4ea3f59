"""Help asked of other bodies on the child's page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.knowledge import may_change
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child

from .listing import state_of, state_words
from .models import OutsideContact


def child_contacts(actor: Actor, child: Child) -> dict[str, Any] | None:
    """The newest ten; one query."""
    today = timezone.localdate()
    rows = OutsideContact.objects.visible_to(actor).filter(child=child).select_related("body", "position__user")
    lines = [(one, state_of(one, today), state_words(one, today)) for one in rows[:10]]
    keeps = may(actor, "contact.keep") and may_change(actor, child.public_id)
    return {"lines": lines, "child": child, "keeps": keeps} if lines or keeps else None


panel("child", 66, "Помощь других организаций", "contacts/child_contacts.html", "contact.view", child_contacts)
