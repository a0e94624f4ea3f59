"""How the log is read: one's own entries; those who lead see all finished ones, the head their words too (S-12)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import EntryChild, WorkEntry  # noqa: F401

READ_ALL = frozenset({Role.SERVICE_HEAD, Role.DIRECTOR, Role.CONSILIUM_CHAIR})  # with whom, on what, how long
READ_WORDS = frozenset({Role.SERVICE_HEAD})  # who controls the quality of the help (001, 3.3)


def reads_words(actor: Actor, entry: WorkEntry) -> bool:
    """Whether the actor reads what was seen and measured of the children of an entry: its author and the head do."""
    own = actor.user is None or entry.position.user_id == actor.user.pk
    return own or bool(actor.roles & READ_WORDS)


def _readable(actor: Any, path: str) -> Q:
    """Own entries; finished ones of everybody for those who lead. No join: the keys of posts stand in the index."""
    own = Q(**{f"{path}position__in": Position.objects.filter(user=actor.user).order_by().values("pk")})
    return own | Q(**{f"{path}is_draft": False}) if actor.roles & READ_ALL else own


class WorkEntryQuerySet(OwnedQuerySet["WorkEntry"]):
    """Another specialist's entry is nobody's business but the head's; a draft is its author's alone."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        return rows if actor is None or actor.user is None else rows.filter(_readable(actor, ""))

    def finished(self) -> Self:
        """What counts."""
        return self.filter(is_draft=False)

    def within(self, start: date, end: date) -> Self:
        return self.filter(on__gte=start, on__lte=end)


class EntryChildQuerySet(OwnedQuerySet["EntryChild"]):
    """A child in an entry: for whoever reads the entry and needs to know the child."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        return rows if actor is None or actor.user is None else rows.filter(_readable(actor, "entry__"))

    def finished(self) -> Self:
        return self.filter(entry__is_draft=False)

    def within(self, start: date, end: date) -> Self:
        return self.filter(entry__on__gte=start, entry__on__lte=end)
