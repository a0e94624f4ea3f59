"""What the page of a frozen card says: since when, on what ground, and where those who may go on from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from opora.foundation.access.actions import Frozen, may
from opora.foundation.access.models import Freeze
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.scope import within

CLAUSE = "письмо ВК-1074/07, приложения 2.17, 2.18"


@dataclass(frozen=True)
class Way:
    """A link to where the frozen card is dealt with."""

    label: str
    address: str


Source = Callable[[Actor, str], Way | None]
_WAYS: list[tuple[str, Source]] = []


def way_out(action: str, source: Source) -> None:
    """Register where a frozen card is dealt with, for those who may do `action`. Asked with the id of the card."""
    _WAYS.append((action, source))


def told(request: HttpRequest, frozen: Frozen) -> tuple[str, list[Way]]:
    """The words of the page and the ways on from it."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.organisation is None:
        return str(frozen), []
    with within(actor.organisation):
        known = Freeze.objects.of(actor.organisation).in_force().filter(person_id=frozen.person_id).first()
        found = [source(actor, frozen.person_id) for action, source in _WAYS if may(actor, action)]
    if known is None:
        return str(frozen), []
    words = f"С {known.since:%d.%m.%Y} обработка данных этого ребёнка остановлена: {known.ground}."
    return words, [one for one in found if one is not None]
