"""Who records conclusions of ПМПК and their conditions, who marks them, and whom an answer for one makes known."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from opora.foundation.access.actions import declare
from opora.foundation.access.knowledge import declare_knowledge
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_LEADS, SCHOOL_ROLES, Role

from .models import SchoolDuty

KEEPERS = SCHOOL_LEADS | {Role.DIRECTOR}

DUTY_VIEW = declare("duty.view", "Условия по заключениям ПМПК", SCHOOL_ROLES)
DUTY_KEEP = declare("duty.keep", "Внесение заключения ПМПК и его условий", KEEPERS)
DUTY_MARK = declare("duty.mark", "Отметка о созданном условии", SCHOOL_ROLES)


@declare_knowledge("brought__child__public_id")
def of_the_duty(actor: Actor) -> QuerySet[Any]:
    """Whoever answers for a condition of a conclusion in force knows its child."""
    present = SchoolDuty.objects.of_present()
    return present.filter(responsible__user=actor.user)
