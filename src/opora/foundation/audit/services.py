"""The one way to write the log."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.scope import scope, within

from .events import PAGE_READ
from .models import Event
from .vocabulary import EventType, vocabulary

ONE_LOOK = timedelta(minutes=1)  # the same list or page looked at again within it is one reading
ONE_SITTING = timedelta(minutes=30)  # fragments of a page that was opened within it belong to that opening

_written: ContextVar[list[int] | None] = ContextVar("written", default=None)
Marks = Callable[[Actor, str], dict[str, str]]
_marks: list[Marks] = []


def mark_readings(source: Marks) -> None:
    """Called by `access`: what the log says besides of a reading by this actor of this child's file."""
    _marks.append(source)


def _marked(event_type: EventType, actor: Actor, person_id: str, details: dict[str, Any]) -> dict[str, Any]:
    """Details with the marks; what is about nobody in particular is marked when it was a reading."""
    if actor.user is None or (not person_id and event_type.kind == "change"):
        return details
    for source in _marks:
        details = details | source(actor, person_id)
    return details


def record(
    event_type: EventType, *, actor: Actor, subject: models.Model | None = None, person_id: str = "", **details: Any
) -> Event:
    """Write one event inside the caller's transaction.

    `person_id` is the public id of the child's file the event belongs to. `details` hold ids, codes, dates and
    names of fields, never what a person said or suffers from. Raises RuntimeError outside a transaction: an event
    that can be lost while its deed stays is no evidence.
    """
    if event_type.code not in vocabulary():
        raise ValueError(f"the event {event_type.code} is not declared")
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its deed")
    with nullcontext() if scope().organisation or not actor.organisation else within(actor.organisation):
        made = Event.objects.create(
            organisation=actor.organisation,
            user=actor.user,
            code=event_type.code,
            subject_type=type_of(subject),
            subject_id=id_of(subject),
            person_id=person_id,
            details=_marked(event_type, actor, person_id, details),
        )
    noted = _written.get()
    if noted is not None:
        noted.append(made.pk)
    return made


def record_each(event_type: EventType, *, actor: Actor, subjects: Sequence[models.Model]) -> None:
    """One event for each of many rows that were written in bulk, in one query.

    For changes alone: no emergency opens anything to a change, so there is nothing to mark. Raises ValueError for a
    reading, RuntimeError outside a transaction.
    """
    if event_type.code not in vocabulary() or event_type.kind != "change":
        raise ValueError(f"the event {event_type.code} is not a declared change")
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its deed")
    with nullcontext() if scope().organisation or not actor.organisation else within(actor.organisation):
        made = Event.objects.bulk_create(
            Event(
                organisation=actor.organisation, user=actor.user, code=event_type.code, subject_type=type_of(one),
                subject_id=id_of(one), person_id=str(getattr(one, "person_id", "") or ""),
            )
            for one in subjects
        )  # fmt: skip
    noted = _written.get()
    if noted is not None and made:
        noted.append(made[-1].pk)


def type_of(subject: models.Model | None) -> str:
    return subject._meta.label_lower if subject is not None else ""


def id_of(subject: models.Model | None) -> str:
    return str(getattr(subject, "public_id", None) or getattr(subject, "pk", "") or "") if subject else ""


@contextmanager
def noting() -> Iterator[None]:
    """Remember the numbers of the events that are written inside the block: one request."""
    token = _written.set([])
    try:
        yield
    finally:
        _written.reset(token)


def read_note(
    event_type: EventType, *, actor: Actor, subject: models.Model | None = None, person_id: str = "", **details: Any
) -> None:
    """Write a reading that repeats itself (a list, a search): the same one again within a minute is one event."""
    newest = (
        Event.objects.filter(
            organisation=actor.organisation, user=actor.user, code=event_type.code, subject_id=id_of(subject)
        )
        .order_by("-id")
        .values_list("at", "details")
        .first()
    )
    told = _marked(event_type, actor, person_id, details)
    if newest is None or newest[1] != told or not _is_within(newest[0], ONE_LOOK):
        record(event_type, actor=actor, subject=subject, person_id=person_id, **details)
    elif (noted := _written.get()) is not None:
        noted.append(0)  # told a moment ago


def page_note(
    *, actor: Actor, subject: models.Model | None, person_id: str, is_fragment: bool, survives: bool, **details: Any
) -> None:
    """The reading of a page that has written no event of its own: nothing personal is shown without one.

    `survives` says that what the request has written so far cannot have been rolled back by a refusal. A fragment
    belongs to the page that the same person opened within half an hour, so that pings do not fill the log.
    """
    noted = _written.get() or []
    if noted and (survives or 0 in noted or Event.objects.filter(pk=noted[-1]).exists()):
        return
    if is_fragment and subject is not None:
        about = Event.objects.filter(organisation=actor.organisation, user=actor.user)
        newest = about.about(subject).order_by("-id").values_list("at", flat=True).first()
        if newest is not None and _is_within(newest, ONE_SITTING):
            return
    read_note(PAGE_READ, actor=actor, subject=subject, person_id=person_id, **details)


def _is_within(at: datetime, span: timedelta) -> bool:
    """A clock that was put back makes the moment lie ahead: then it is not taken for a fresh one."""
    return timedelta(0) <= timezone.now() - at < span


def search_mark(actor: Actor, text: str) -> str:
    """A short keyed mark of what was searched for: the same words give the same mark, the words cannot be read."""
    words = " ".join(text.lower().replace("ё", "е").split())
    place = actor.organisation.public_id if actor.organisation else ""
    return hmac.new(settings.SECRET_KEY.encode(), f"search:{place}:{words}".encode(), hashlib.sha256).hexdigest()[:8]


def search_kind(text: str) -> str:
    """What kind of thing was searched for, in Russian, without the thing."""
    bare = "".join(text.split())
    if not any(sign.isalpha() for sign in bare):
        return "число или дата"
    return "слова с числом" if any(sign.isdigit() for sign in bare) else "слова"
