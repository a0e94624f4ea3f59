"""A pupil leaves the school, or its consent is withdrawn: the places in groups end."""

from __future__ import annotations

from datetime import date, timedelta

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.people.consents.ending import when_processing_stops
from opora.school.pupils.leaving import when_pupil_leaves

from .models import GroupMember
from .services.members import member_end


@when_pupil_leaves
def places_end(actor: Actor, child: Child, on: date) -> None:
    """The last day at school is the last one in each group, also where a later one was agreed upon."""
    rows = GroupMember.objects.of(actor.at).filter(child=child).present_or_later(on + timedelta(days=1))
    for member in rows.select_related("child"):
        member_end(actor=actor, member=member, on=on)


@when_processing_stops
def places_are_given_back(actor: Actor, child: Child, on: date) -> None:
    """Without the family's consent the child is taught in no group."""
    places_end(actor, child, on)
