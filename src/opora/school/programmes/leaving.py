"""A pupil leaves: his open programme is closed, and what is known goes into a package for the next school."""

from __future__ import annotations

from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.pupils.leaving import when_pupil_leaves

from .models import Programme
from .services.leaving import programme_close


@when_pupil_leaves
def programmes_close(actor: Actor, child: Child, on: date) -> None:
    """Close the programme that is open at this school, in whatever state it is."""
    for one in Programme.objects.of(actor.at).filter(child=child).open():
        programme_close(actor=actor, programme=one, on=on)
