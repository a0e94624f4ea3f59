"""The need to know: whose files a person of the organisation may open, and whose nobody may.

Whoever keeps the whole register (`WHOLE_REGISTER`) knows every file of the organisation. Everyone else knows the
children of his own work: upper rooms say which those are (`declare_knowledge`), as queries over what they keep, so
that the right ends when the work does. An emergency opens one more file for an hour (`EmergencyAccess`).

A page asks for the need to know with each of its lists. A request that only reads asks once, for all children that
the actor knows, and remembers the answer until its end (`remembering`). One that writes has few rows to ask of: it asks
of each of them, each time anew.

Two questions are kept apart. `may_know`: reading and printing, also in an emergency. `may_change`: the work itself
is the reason; an emergency never is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import WHOLE_REGISTER
from opora.foundation.audit.services import mark_readings
from opora.foundation.organisations.querysets import limit_rows
from opora.foundation.organisations.scope import Scope, scope

from . import among  # noqa: F401 - the look-up of what is remembered
from .models import EmergencyAccess, Freeze

Source = Callable[[Actor], QuerySet[Any]]
_sources: list[tuple[str, Source]] = []
_remembered: ContextVar[dict[tuple[Actor, Scope], frozenset[str]] | None] = ContextVar("remembered", default=None)


def declare_knowledge(path: str) -> Callable[[Source], Source]:
    """Declare a reason to know children: the rows of an actor's work, and the path from them to the id of a file.

    The question is put for the actor alone, never for each child of a list: it is answered once for all of them.
    """

    def declare(source: Source) -> Source:
        _sources.append((path, source))
        return source

    return declare


@contextmanager
def remembering() -> Iterator[None]:
    """Ask once whom an actor knows, until the end of the block: for a request that reads and changes nobody's work."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def knows_all(actor: Actor) -> bool:
    """Whether the actor keeps the whole register of his organisation."""
    return bool(actor.roles & WHOLE_REGISTER)


def known(actor: Actor, rows: QuerySet[Any], path: str) -> QuerySet[Any]:
    """Limit rows to the children whom the actor needs to know. Rows about nobody stay."""
    if knows_all(actor):
        return rows
    remembered = _remembered.get()
    if remembered is None:
        reasons = Q(Exists(_emergencies(actor).filter(person_id=OuterRef(path))))
        for work_path, work in _work_of(actor):
            reasons |= Q(Exists(work.filter(**{work_path: OuterRef(path)})))
        return rows.filter(reasons | Q(**{path: ""}))
    asked = (actor, scope())
    if asked not in remembered:
        remembered[asked] = frozenset(_ids_known_to(actor))
    return rows.filter(**{f"{path}__among": remembered[asked] | {""}})


def _ids_known_to(actor: Actor) -> QuerySet[Any]:
    """Ids of the files that the actor's work or an emergency opens to him."""
    opened = _emergencies(actor).order_by().values_list("person_id", flat=True)
    return opened.union(*(rows for _, rows in _work_of(actor)))


def _work_of(actor: Actor) -> Iterator[tuple[str, QuerySet[Any]]]:
    """Each reason to know children: the path, and the ids of their files."""
    for path, source in _sources:
        yield path, source(actor).order_by().values_list(path, flat=True)


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
    return any(rows.filter(**{path: person_id}).exists() for path, rows in _work_of(actor))


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
