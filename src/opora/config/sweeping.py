"""The daily sweeping: what is kept for a while only."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from opora.foundation.entrance.cleaning import clean
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import within
from opora.school.pupils.ending import lists_outlived
from opora.school.signals.ending import tables_outlived

from .schedule import Tell, work

UNFINISHED_FOR = timedelta(days=14)  # a table of children since it was brought in: longer than school holidays


def swept() -> dict[str, int]:
    """Take away what has served its time, and how many of each by Russian name."""
    before = timezone.now() - UNFINISHED_FOR
    lists = 0
    for place in Organisation.objects.workplaces().order_by("pk"):
        with within(place), transaction.atomic():
            lists += lists_outlived(place, before) + tables_outlived(place, before)
    return clean() | {"незаконченных списков": lists}


@work("sweeping", "Уборка отслужившего", timedelta(days=1))
def sweep(tell: Tell) -> str:
    """Accepted forms, ended sessions, old tries to sign in, unfinished lists of children; the same as `opora clean`."""
    return "удалено: " + ", ".join(f"{name} — {count}" for name, count in swept().items())
