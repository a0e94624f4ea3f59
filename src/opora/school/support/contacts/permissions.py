"""Who asks other bodies for help, and whom an awaited answer keeps known."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from opora.foundation.access.actions import declare
from opora.foundation.access.knowledge import declare_knowledge
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

from .models import OutsideContact

LATE = timedelta(days=90)  # for so long an answer that was not given may still come
KEEPERS = frozenset({Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST, Role.CONSILIUM_CHAIR})

CONTACT_VIEW = declare("contact.view", "Чтение обращений в другие организации", KEEPERS | {Role.DIRECTOR})
CONTACT_KEEP = declare("contact.keep", "Обращения в другие организации и их ответы", KEEPERS)


@declare_knowledge("person_id")
def of_the_contact(actor: Actor) -> QuerySet[Any]:
    """Whoever has asked for help for a child knows it until the answer is written down.

    Where there was none, three months more from the day it was due (from the request, if it had no term): a late
    answer has to be written down by somebody.
    """
    today = timezone.localdate()
    held = Q(position__ended_on__isnull=True) | Q(position__ended_on__gte=today)
    wanted = Coalesce("due_on", "asked_on")
    rows = OutsideContact.objects.annotate(wanted_on=wanted).filter(held, position__user=actor.user)
    late = Q(outcome=OutsideContact.Outcome.SILENT, wanted_on__gte=today - LATE)
    return rows.filter(Q(outcome=OutsideContact.Outcome.WAITING) | late).exclude(person_id="")
