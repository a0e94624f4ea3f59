"""Who raises concerns, who decides on them, and whom that makes known."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from opora.foundation.access.actions import declare
from opora.foundation.access.knowledge import declare_knowledge
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_LEADS, SCHOOL_ROLES, Role

from .models import Concern, ScreeningResult

CONCERN_VIEW = declare("concern.view", "Чтение сигналов", SCHOOL_ROLES)
CONCERN_RAISE = declare("concern.raise", "Сигнал о ребёнке", SCHOOL_ROLES)
CONCERN_DECIDE = declare("concern.decide", "Решение по сигналу", SCHOOL_LEADS)
CONCERN_EXAMINE = declare("concern.examine", "Дополнительное обследование", SCHOOL_LEADS | {Role.SCHOOL_SPECIALIST})
SCREENING_VIEW = declare(
    "screening.view", "Просмотр скринингов", SCHOOL_LEADS | {Role.SCHOOL_SPECIALIST, Role.DIRECTOR}
)  # fmt: skip
SCREENING_KEEP = declare("screening.keep", "Скрининги и их результаты", SCHOOL_LEADS | {Role.SCHOOL_SPECIALIST})
SCREENING_SETTLE = declare("screening.settle", "Решение по результатам скрининга", SCHOOL_LEADS)
SIGNAL_TERMS = declare("signal.terms", "Сроки по сигналам", SCHOOL_LEADS, personal=False)


@declare_knowledge("child__public_id")
def of_the_concern(actor: Actor) -> QuerySet[Any]:
    """The psychologist who examines a child because of a concern knows the child.

    An author does not: whoever noticed something has told it, and no card is opened by that.
    """
    return Concern.objects.filter(psychologist__user=actor.user)


@declare_knowledge("child__public_id")
def of_the_screening(actor: Actor) -> QuerySet[Any]:
    """Whoever runs a screening knows the children whose results he keeps."""
    return ScreeningResult.objects.filter(screening__run_by=actor.user)
