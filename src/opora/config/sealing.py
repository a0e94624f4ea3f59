"""The daily checkpoint of every organisation."""

from __future__ import annotations

from datetime import timedelta

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import SystemActor
from opora.foundation.evidence.services import checkpoint_make
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import beyond_walls, within

from .schedule import Tell, Trouble, work


def workplaces() -> list[Organisation]:
    """Organisations that keep a log here."""
    return list(Organisation.objects.workplaces().order_by("pk"))


@work("checkpoints", "Отметки журнала событий", timedelta(days=1))
def checkpoints_make(tell: Tell) -> str:
    """Seal the log of each organisation; one that has nothing new is left alone."""
    places, made = workplaces(), 0
    for done, place in enumerate(places, start=1):
        try:
            with within(place):
                made += checkpoint_make(actor=SystemActor(place)) is not None
        except Refusal as refusal:
            raise Trouble(refusal.message) from refusal
        tell(done, len(places))
    with beyond_walls():  # events of nobody's organisation: a sign-in that failed before it was known whose it was
        checkpoint_make(actor=SystemActor())
    return f"заверено организаций: {made}"
