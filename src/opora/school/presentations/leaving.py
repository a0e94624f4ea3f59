"""A pupil leaves: requests to write of him are taken back."""

from __future__ import annotations

from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.pupils.leaving import when_pupil_leaves

from .services.requests import requests_leave


@when_pupil_leaves
def requests_end(actor: Actor, child: Child, on: date) -> None:
    requests_leave(actor=actor, child=child, on=on)
