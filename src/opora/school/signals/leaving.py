"""A pupil leaves: his signals and results wait for nobody here."""

from __future__ import annotations

from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.pupils.leaving import when_pupil_leaves

from .services.leaving import signals_leave


@when_pupil_leaves
def signals_close(actor: Actor, child: Child, on: date) -> None:
    signals_leave(actor=actor, child=child, on=on)
