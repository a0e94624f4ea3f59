"""A table that is not written yet names many children: it is thrown away when one of them leaves, and when nobody has
come back to it for long.
"""

from __future__ import annotations

from datetime import date, datetime

from opora.foundation.accounts.actors import Actor
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.people.clearing import also_on_erasure, files_erase
from opora.people.consents.ending import when_processing_stops

from .models import ScreeningImport
from .querysets import ScreeningImportQuerySet


@when_processing_stops
def tables_are_stale(actor: Actor, child: Child, on: date) -> None:
    """A table may hold a child whose card is frozen now."""
    tables_forget(actor.at, child.public_id)


@also_on_erasure
def tables_forget(organisation: Organisation, person_id: str) -> None:
    """Which tables name the child nobody knows: all that are not written go, each can be brought again."""
    _throw_away(_unfinished(organisation))


def tables_outlived(organisation: Organisation, before: datetime) -> int:
    """Throw away what was brought in before a moment and never written. Returns how many."""
    return _throw_away(_unfinished(organisation).filter(asked_at__lt=before))


def _unfinished(organisation: Organisation) -> ScreeningImportQuerySet:
    return ScreeningImport.objects.of(organisation).exclude(state__in=("done", "failed", "cancelled"))


def _throw_away(rows: ScreeningImportQuerySet) -> int:
    files_erase(StoredFile.objects.filter(pk__in=list(rows.values_list("file", flat=True))))
    return rows.update(state=ScreeningImport.State.CANCELLED, lines=[])
