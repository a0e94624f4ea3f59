"""A table that is not written yet names many children: when one of them leaves, it is thrown away."""

from __future__ import annotations

from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.people.clearing import also_on_erasure, files_erase
from opora.people.consents.ending import when_processing_stops

from .models import ScreeningImport


@when_processing_stops
def tables_are_stale(actor: Actor, child: Child, on: date) -> None:
    """A table may hold a child whose card is frozen now."""
    tables_forget(actor.at, child.public_id)


@also_on_erasure
def tables_forget(organisation: Organisation, person_id: str) -> None:
    """Which tables name the child nobody knows: all that are not written go, each can be brought again."""
    rows = ScreeningImport.objects.of(organisation).exclude(state__in=("done", "failed", "cancelled"))
    files_erase(StoredFile.objects.filter(pk__in=list(rows.values_list("file", flat=True))))
    rows.update(state=ScreeningImport.State.CANCELLED, lines=[])
