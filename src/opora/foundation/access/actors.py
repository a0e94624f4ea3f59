"""Finds out as whom a person works today.

A person may read the list of his own posts before it is known for which organisation he asks: these two questions
go past the scope of an organisation, and PostgreSQL answers them for the person himself alone (`walls.py`).
"""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import as_person

from .models import Position, Undertaking
from .querysets import PositionQuerySet, UndertakingQuerySet


def workplaces_of(user: User, on: date) -> list[Organisation]:
    """Organisations where the person holds a post on the day, by name."""
    with as_person(user.pk):
        held = list(_posts(user, on).values_list("organisation", flat=True))
    return list(Organisation.objects.filter(pk__in=held).order_by("short_name"))


def actor_of(user: User, *, on: date, organisation: Organisation | None = None) -> Actor:
    """Return the actor for one workplace: the given one if a post is held there, else the first.

    Two queries; a person without a post is an actor without an organisation, who may do nothing.
    """
    with as_person(user.pk):
        held = list(_posts(user, on).select_related("organisation"))
        sworn_at = set(_undertakings(user)) if held else set()
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
        sworn=place.pk in sworn_at,
    )


def _posts(user: User, on: date) -> PositionQuerySet:
    return PositionQuerySet(Position).filter(user=user).held_on(on)


def _undertakings(user: User) -> QuerySet[Undertaking, int]:
    return UndertakingQuerySet(Undertaking).filter(user=user).values_list("organisation", flat=True)
