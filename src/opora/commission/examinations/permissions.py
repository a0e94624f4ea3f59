"""Who runs sessions and who examines. Arrival, no-show and discussion are steps of the flow table of cases."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from opora.commission.cases.flow import DESK, HEAD, MEMBERS
from opora.foundation.access.actions import declare
from opora.foundation.access.knowledge import declare_knowledge
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import COMMISSION_ROLES

from .models import Examination, Visit

SESSION_VIEW = declare("session.view", "Список дня заседания", COMMISSION_ROLES)
SESSION_PLAN = declare("session.plan", "Подготовка и ведение заседания", DESK)
SESSION_REOPEN = declare("session.reopen", "Возобновление завершённого заседания", HEAD)
VISIT_RELEASE = declare("visit.release", "Отметка об окончании приёма", COMMISSION_ROLES)
EXAMINATION_VIEW = declare("examination.view", "Чтение листов обследования", MEMBERS)
EXAMINATION_WRITE = declare("examination.write", "Обследование ребёнка", MEMBERS)


@declare_knowledge("case__child__public_id")
def of_the_session(actor: Actor) -> QuerySet[Any]:
    """Members of a session know the children on its day list: they examined them, or will."""
    return Visit.objects.filter(session__members__position__user=actor.user)


@declare_knowledge("case__child__public_id")
def of_the_sheet(actor: Actor) -> QuerySet[Any]:
    """Whoever wrote a sheet knows the child, also after he was taken off the session."""
    return Examination.objects.filter(specialist=actor.user)
