"""A child's card named by the number of a case, for an emergency."""

from __future__ import annotations

import re

from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.people.emergencies.lookups import numbered

from .models import Case

_NUMBER = re.compile(r"^№?\s*(\d{1,7})(?:\s*/\s*(\d{4}))?$")


@numbered
def by_case_number(actor: Actor, number: str) -> Child | None:
    """«12/2026», or «12» of this year: exactly that case of the organisation."""
    typed = _NUMBER.match(number)
    if typed is None:
        return None
    year = int(typed[2]) if typed[2] else timezone.localdate().year
    found = Case.objects.of(actor.at).filter(number=int(typed[1]), year=year).select_related("child").first()
    return found.child if found else None
