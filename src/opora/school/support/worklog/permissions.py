"""Who logs work, who reads the log, and whom an entry makes known."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from opora.foundation.access.actions import declare
from opora.foundation.access.knowledge import declare_knowledge
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_ROLES, Role

from ..schoolyear.reading import school_year_of
from .models import EntryChild
from .querysets import READ_ALL

WRITERS = frozenset({Role.SCHOOL_SPECIALIST, Role.SERVICE_HEAD})

WORK_VIEW = declare("work.view", "Чтение учёта работы Службы", READ_ALL | WRITERS)
WORK_LOG = declare("work.log", "Учёт своей работы", WRITERS)
WORK_MEND = declare("work.mend", "Исправление записей прошлых месяцев", {Role.SERVICE_HEAD})
WORK_TRACE = declare("work.trace", "Работа Службы с ребёнком", SCHOOL_ROLES - {Role.CLASS_TEACHER})
WORK_HOURS = declare("work.hours", "Часы по рекомендациям", READ_ALL | WRITERS)


@declare_knowledge("child__public_id")
def of_the_log(actor: Actor) -> QuerySet[Any]:
    """Whoever works with a child knows it, while he holds the post, until the school year ends.

    A pupil or a parent may come by himself: the finished entry alone is the reason. A draft opens nothing.
    """
    today = timezone.localdate()
    held = Q(entry__position__ended_on__isnull=True) | Q(entry__position__ended_on__gte=today)
    begun = school_year_of(today).starts_on
    return EntryChild.objects.filter(
        held, entry__position__user=actor.user, entry__is_draft=False, entry__on__gte=begun
    )
