"""Finds out as whom a person works today."""

from __future__ import annotations

from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation

from .models import Position, Undertaking


def workplaces_of(user: User, on: date) -> list[Organisation]:
    """Organisations where the person holds a post on the day, by name."""
    held = Position.objects.filter(user=user).held_on(on).values("organisation")
    return list(Organisation.objects.filter(pk__in=held).order_by("short_name"))


def actor_of(user: User, *, on: date, organisation: Organisation | None = None) -> Actor:
    """Return the actor for one workplace: the given one if a post is held there, else the first.

    Two queries; a person without a post is an actor without an organisation, who may do nothing.
    """
    held = list(Position.objects.filter(user=user).held_on(on).select_related("organisation"))
    if not held:
        return Actor(user=user, organisation=None)
    chosen = next((p.organisation for p in held if organisation and p.organisation_id == organisation.pk), None)
    place = chosen or min((p.organisation for p in held), key=lambda one: one.short_name)
    here = [position for position in held if position.organisation_id == place.pk]
    return Actor(
        user=user,
        organisation=place,
        roles=frozenset(Role(position.role) for position in here),
        specialities=tuple(sorted({position.speciality for position in here if position.speciality})),
        sworn=Undertaking.objects.filter(user=user, organisation=place).exists(),
    )
