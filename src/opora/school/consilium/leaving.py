"""A pupil leaves: he goes off the agendas of meetings to come."""

from __future__ import annotations

from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.pupils.leaving import when_pupil_leaves

from .services.agenda import items_leave


@when_pupil_leaves
def agendas_forget(actor: Actor, child: Child, on: date) -> None:
    items_leave(actor=actor, child=child)
