"""Who draws up, follows and approves programmes, and whom that work makes known."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from opora.foundation.access.actions import declare
from opora.foundation.access.knowledge import declare_knowledge
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_ROLES, Role
from opora.school.pupils.permissions import LEADS

from .flow import CHAIR, CURATORS, ENDED, FLOW, Status
from .models import Activity, Programme

PROGRAMME_VIEW = declare("programme.view", "Чтение программ сопровождения", SCHOOL_ROLES)
PROGRAMME_READ = declare("programme.read", "Чтение оснований и диагностики программы", SCHOOL_ROLES)
PROGRAMME_WRITE = declare("programme.write", "Составление программы сопровождения", CURATORS)
PROGRAMME_OPEN = declare("programme.open", "Решение о программе и назначение куратора", CHAIR)
# The bank, following and the end. Who of them may, is asked of each programme besides (services/following.py).
BANK_VIEW = declare("bank.view", "Банк заготовок", SCHOOL_ROLES, personal=False)
BANK_KEEP = declare(
    "bank.keep", "Ведение банка заготовок", LEADS | {Role.CURATOR, Role.SCHOOL_SPECIALIST}, personal=False
)
PROGRAMME_FOLLOW = declare("programme.follow", "Ход программ сопровождения", SCHOOL_ROLES)
ACTIVITY_MARK = declare("activity.mark", "Отметки о выполнении мероприятий", SCHOOL_ROLES)
OBSERVATION_RECORD = declare("observation.record", "Наблюдения по программе", SCHOOL_ROLES)
OPINION_RECORD = declare("opinion.record", "Мнения об итогах программы", CURATORS)
STEPS = tuple(declare(row.action, row.title, row.roles) for row in FLOW)


# One reason, one query: «or» between them would join every activity of every programme.
@declare_knowledge("child__public_id")
def of_the_programme(actor: Actor) -> QuerySet[Any]:
    """The curator knows the child of the programme; what he has led to its end he reads on, while he holds the post.

    A programme that was stopped, or whose child has left, ends with his work.
    """
    today = timezone.localdate()
    held = Q(curator__ended_on__isnull=True) | Q(curator__ended_on__gte=today)
    led = held & Q(status__in=(Status.FINISHED, Status.CONTINUED))
    return Programme.objects.filter(led | ~Q(status__in=ENDED), curator__user=actor.user)


@declare_knowledge("programme__child__public_id")
def of_the_activity(actor: Actor) -> QuerySet[Any]:
    """Those who answer for an activity know the child of the programme, until it is over."""
    mine = Activity.objects.filter(responsible__user=actor.user)
    return mine.exclude(programme__status__in=ENDED)
