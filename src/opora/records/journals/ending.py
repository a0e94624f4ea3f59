"""A printed journal names many children: when one of them leaves, the print is made anew."""

from __future__ import annotations

from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.people.clearing import also_on_erasure, files_erase
from opora.people.consents.ending import when_processing_stops

from .models import JournalPrint


@when_processing_stops
def prints_are_stale(actor: Actor, child: Child, on: date) -> None:
    """Kept prints may show a child whose card is frozen now."""
    prints_forget(actor.at, child.public_id)


@also_on_erasure
def prints_forget(organisation: Organisation, person_id: str) -> None:
    """Which prints name the child nobody knows: all of them go, each can be ordered again."""
    files_erase(StoredFile.objects.filter(pk__in=JournalPrint.objects.of(organisation).values("file")))
