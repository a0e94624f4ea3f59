"""Who plans, runs and signs meetings of the consilium, and whom a seat there makes known."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from opora.foundation.access.actions import declare
from opora.foundation.access.knowledge import declare_knowledge
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_LEADS as LEADS
from opora.foundation.accounts.roles import SCHOOL_ROLES, Role

from .models import AgendaItem, Participant

# Whoever may be a secretary of a meeting; that he is one is checked on its row.
_KEEPERS = LEADS | {Role.SCHOOL_SPECIALIST, Role.CURATOR, Role.CLASS_TEACHER}

MEETING_VIEW = declare("meeting.view", "Заседания консилиума", SCHOOL_ROLES)
MEETING_PLAN = declare("meeting.plan", "Подготовка и ведение заседания консилиума", LEADS)
MEETING_CALL = declare("meeting.call", "Созыв внепланового заседания", LEADS | {Role.CURATOR})
MEETING_TALK = declare("meeting.talk", "Запись обсуждения на консилиуме", SCHOOL_ROLES)
MEETING_RUN = declare("meeting.run", "Решение консилиума и отметки на заседании", _KEEPERS)
OPINION_SIGN = declare("opinion.sign", "Подпись под коллегиальным заключением", SCHOOL_ROLES)
OPINION_ANNUL = declare(
    "opinion.annul", "Аннулирование номеров консилиума", frozenset({Role.CONSILIUM_CHAIR, Role.SERVICE_HEAD})
)
CONSILIUM_SETTINGS = declare("consilium.settings", "Порядок работы консилиума", LEADS, personal=False)


# One reason, one query: «or» between them would join all members and guests.
@declare_knowledge("child__public_id")
def of_the_meeting(actor: Actor) -> QuerySet[Any]:
    """Members of a meeting know the children of its agenda."""
    return AgendaItem.objects.filter(meeting__members__position__user=actor.user)


@declare_knowledge("item__child__public_id")
def of_the_invitation(actor: Actor) -> QuerySet[Any]:
    """Those who are invited to a talk know the child that it is about."""
    return Participant.objects.filter(position__user=actor.user)


@declare_knowledge("child__public_id")
def of_the_leading(actor: Actor) -> QuerySet[Any]:
    """The leading specialist knows the child."""
    return AgendaItem.objects.filter(leading__user=actor.user)
