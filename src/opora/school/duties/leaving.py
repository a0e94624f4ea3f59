"""A pupil leaves: the school creates no more conditions for him."""

from __future__ import annotations

from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.pupils.leaving import when_pupil_leaves

from .models import BroughtConclusion
from .services.recording import brought_leave


@when_pupil_leaves
def conclusions_end(actor: Actor, child: Child, on: date) -> None:
    """The conclusion in force ends on the day; its marks stay for the control."""
    for one in BroughtConclusion.objects.of(actor.at).filter(child=child, ended_on__isnull=True):
        brought_leave(actor=actor, brought=one, on=on)
