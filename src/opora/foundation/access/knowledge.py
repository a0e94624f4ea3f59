"""The need to know: whose files a person of the organisation may open, and whose nobody may.

Whoever keeps the whole register (`WHOLE_REGISTER`) knows every file of the organisation. Everyone else knows the
children of his own work: upper rooms say which those are (`declare_knowledge`), as queries over what they keep, so
that the right ends when the work does. An emergency opens one more file for an hour (`EmergencyAccess`).

Two questions are kept apart. `may_know`: reading and printing, also in an emergency. `may_change`: the work itself
is the reason; an emergency never is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import WHOLE_REGISTER
from opora.foundation.audit.services import mark_readings
from opora.foundation.organisations.querysets import limit_rows

from .models import EmergencyAccess, Freeze

Source = Callable[[Actor, Any], QuerySet[Any]]  # the second is the id of a child's file, or what stands for it
_sources: list[Source] = []


def declare_knowledge(source: Source) -> Source:
    """Declare a reason to know a child: rows that exist for this actor and this public id of a child's file."""
    _sources.append(source)
    return source


def knows_all(actor: Actor) -> bool:
    """Whether the actor keeps the whole register of his organisation."""
    return bool(actor.roles & WHOLE_REGISTER)


def known(actor: Actor, rows: QuerySet[Any], path: str) -> QuerySet[Any]:
    """Limit rows to the children whom the actor needs to know. Rows about nobody stay."""
    if knows_all(actor):
        return rows
    person = OuterRef(path)
    reasons = Q(Exists(_emergencies(actor).filter(person_id=person)))
    for source in _sources:
        reasons |= Q(Exists(source(actor, person)))
    return rows.filter(reasons | Q(**{path: ""}))


def not_frozen(rows: QuerySet[Any], path: str) -> QuerySet[Any]:
    """Leave out the children whose data nobody may process."""
    return rows.exclude(Exists(Freeze.objects.in_force().filter(person_id=OuterRef(path))))


def may_know(actor: Actor, person_id: str) -> bool:
    """Whether the actor needs to know one child: may read and print."""
    return may_change(actor, person_id) or emergency_of(actor, person_id) is not None


def may_change(actor: Actor, person_id: str) -> bool:
    """Whether the actor's own work is the reason to know the child; an emergency opens a file for reading alone."""
    if not person_id or knows_all(actor):
        return True
    return any(source(actor, Value(person_id)).exists() for source in _sources)


def emergency_of(actor: Actor, person_id: str) -> EmergencyAccess | None:
    """The emergency that opens this file to the actor now."""
    if actor.user is None or actor.organisation is None:
        return None
    return _emergencies(actor).filter(person_id=person_id).first()


def emergency_mark(actor: Actor, person_id: str) -> dict[str, str]:
    """What an event says of a reading that only an emergency allowed; a list holds the opened file too."""
    if actor.user is None or actor.organisation is None or knows_all(actor):
        return {}
    opened = _emergencies(actor)
    found = (opened.filter(person_id=person_id) if person_id else opened).first()
    if found is None or (person_id and may_change(actor, person_id)):
        return {}
    return {"emergency": found.public_id}


def is_frozen(person_id: str) -> bool:
    """Whether the processing of a child's data is stopped."""
    return bool(person_id) and Freeze.objects.in_force().filter(person_id=person_id).exists()


def _emergencies(actor: Actor) -> QuerySet[EmergencyAccess]:
    rows: QuerySet[EmergencyAccess] = EmergencyAccess.objects.running(timezone.now())
    return rows.filter(organisation=actor.organisation, user=actor.user)


limit_rows(known=known, frozen=not_frozen)
mark_readings(emergency_mark)
