"""The one door for writes when a pupil leaves: nobody here decides on his signals and results any more."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children.models import Child

from .. import events
from ..models import Concern, ScreeningResult

ANSWER = "Обучающийся выбыл из школы: сигнал закрыт."


@transaction.atomic
def signals_leave(*, actor: Actor, child: Child, on: date) -> None:
    """Close open concerns, with an answer to their authors, and take results off the list of those that wait.

    Nobody decides it, it follows from the child's leaving and so does the right to it; what was seen and found stays.
    Called by `leaving.py` inside that deed. Raises PermissionDenied.
    """
    require(actor, "class.keep")
    require_own(actor, child)
    concerns = Concern.objects.of(actor.at).select_for_update(of=("self",)).select_related("child")
    for concern in concerns.filter(child=child).open():
        concern.state, concern.answer, concern.decided_at = Concern.State.LEFT, ANSWER, timezone.now()
        concern.save(update_fields=["state", "answer", "decided_at"])
        record(events.CONCERN_LEFT, actor=actor, subject=concern, person_id=concern.person_id)
    results = ScreeningResult.objects.of(actor.at).select_for_update(of=("self",)).select_related("child", "screening")
    for result in results.filter(child=child).waiting():
        result.settled, result.settled_on = ScreeningResult.Settled.LEFT, on
        result.save(update_fields=["settled", "settled_on"])
        record(events.RESULT_LEFT, actor=actor, subject=result, person_id=result.person_id)
