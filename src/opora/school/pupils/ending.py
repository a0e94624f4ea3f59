"""A list that is not entered yet names many children: it is thrown away when one of them leaves the register, and
when it was brought in long ago.
"""

from __future__ import annotations

from datetime import date, datetime

from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.people.clearing import also_on_erasure
from opora.people.consents.ending import when_processing_stops

from .models import ClassListImport
from .querysets import ClassListImportQuerySet


@when_processing_stops
def lists_are_stale(actor: Actor, child: Child, on: date) -> None:
    """A list may hold a child whose card is frozen now."""
    lists_forget(actor.at, child.public_id)


@also_on_erasure
def lists_forget(organisation: Organisation, person_id: str) -> None:
    """Which lists name the child nobody knows: all that are not entered go, each can be brought again."""
    _throw_away(_unfinished(organisation))


def lists_outlived(organisation: Organisation, before: datetime) -> int:
    """Throw away what was brought in before a moment and never entered. Returns how many."""
    return _throw_away(_unfinished(organisation).filter(asked_at__lt=before))


def _unfinished(organisation: Organisation) -> ClassListImportQuerySet:
    return ClassListImport.objects.of(organisation).exclude(state__in=("done", "failed", "cancelled"))


def _throw_away(rows: ClassListImportQuerySet) -> int:
    return rows.update(state=ClassListImport.State.CANCELLED, lines=[], cells=[], message="")
