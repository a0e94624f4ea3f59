"""A person's own settings."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actors import workplaces_of
from opora.foundation.access.events import WORKPLACE_CHOSEN
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation

LOW_VISION_COOKIE = "low_vision"


@transaction.atomic
def low_vision_set(*, actor: Actor, on: bool) -> User:
    """Remember the mode for people with low vision (ГОСТ Р 52872-2019)."""
    person = actor.person
    person.low_vision = on
    person.save(update_fields=["low_vision"])
    return person


@transaction.atomic
def key_hints_set(*, actor: Actor, on: bool) -> User:
    """Show or hide the names of keys beside buttons."""
    person = actor.person
    person.shows_keys = on
    person.save(update_fields=["shows_keys"])
    return person


@transaction.atomic
def advice_set(*, actor: Actor, on: bool) -> User:
    """Show advice beside the work, or leave it out."""
    person = actor.person
    person.shows_advice = on
    person.save(update_fields=["shows_advice"])
    return person


@transaction.atomic
def workplace_choose(*, actor: Actor, public_id: str) -> Organisation:
    """Let a person work for another organisation where he holds a post. Raises PermissionDenied elsewhere."""
    held = {place.public_id: place for place in workplaces_of(actor.person, timezone.localdate())}
    if public_id not in held:
        raise PermissionDenied("В этой организации у вас нет должности.")
    record(WORKPLACE_CHOSEN, actor=actor, subject=held[public_id])
    return held[public_id]
