"""How one card is named by whoever asks for it: exactly, so that nothing can be found out by trying.

Rooms above add their own numbers: `numbered(source)` in their `lookups.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from opora.foundation.access.models import Freeze
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.people.children.spelling import search_form

Source = Callable[[Actor, str], Child | None]
_numbers: list[Source] = []


def numbered(source: Source) -> Source:
    """Declare how a card of the actor's organisation is found by a number, without looking who may know it."""
    _numbers.append(source)
    return source


def card_named(actor: Actor, *, number: str = "", full_name: str = "", birth_date: date | None = None) -> Child | None:
    """The one card that is meant; None when there is none, more than one, or its processing is stopped."""
    found = _by_number(actor, number) if number.strip() else _by_name(actor, full_name, birth_date)
    if found is None or Freeze.objects.in_force().filter(person_id=found.public_id).exists():
        return None
    return found


def _by_number(actor: Actor, number: str) -> Child | None:
    return next((child for source in _numbers if (child := source(actor, number.strip())) is not None), None)


def _by_name(actor: Actor, full_name: str, birth_date: date | None) -> Child | None:
    name = search_form(full_name)
    if not name or birth_date is None:
        return None
    rows = Child.objects.of(actor.at).filter(search_name=name, birth_date=birth_date)
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None
