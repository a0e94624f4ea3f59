"""In which post a person logs his work."""

from __future__ import annotations

from datetime import date

from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

from .permissions import WRITERS


def own_keys(actor: Actor) -> list[int]:
    """Keys of every post that the person has or had here; as values they lead the database to his entries; one query.

    A subquery says the same, but no database knows beforehand how little it will find.
    """
    return list(Position.objects.filter(user=actor.user).order_by().values_list("pk", flat=True))


def posts_of(actor: Actor, on: date) -> list[Position]:
    """Posts of the service that the person held on a day: a specialist's first; one query."""
    rows = Position.objects.visible_to(actor).filter(user=actor.user, role__in=WRITERS).held_on(on)
    found = list(rows.select_related("user").order_by("pk"))
    return sorted(found, key=lambda one: one.role != Role.SCHOOL_SPECIALIST)


def post_for(actor: Actor, on: date, wanted: Position | None = None) -> Position:
    """The chosen post, else the first. Raises Refusal for somebody else's, and where none was held on the day."""
    held = posts_of(actor, on)
    if wanted is not None and (actor.user is None or wanted in held):
        return wanted
    if wanted is not None or not held:
        raise Refusal("post", f"На {on:%d.%m.%Y} у вас не было должности в Службе.", field="position")
    return held[0]
