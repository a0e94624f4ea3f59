"""Who keeps classes and consents of a school, and whom a class teacher knows."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from opora.foundation.access.actions import declare
from opora.foundation.access.knowledge import declare_knowledge
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_LEADS, SCHOOL_ROLES, Role

from .models import Placement

LEADS = SCHOOL_LEADS

CLASS_VIEW = declare("class.view", "Классы и группы", SCHOOL_ROLES, personal=False)
CLASS_KEEP = declare("class.keep", "Ведение классов и групп", LEADS)
PUPIL_VIEW = declare("pupil.view", "Карта развития обучающегося", SCHOOL_ROLES)
EXAMINATION_CONSENT_RECORD = declare(
    "examination_consent.record", "Запись согласия на обследование в школе",
    LEADS | {Role.SCHOOL_SPECIALIST, Role.CURATOR, Role.CLASS_TEACHER},
)  # fmt: skip


@declare_knowledge("child__public_id")
def of_the_class(actor: Actor) -> QuerySet[Any]:
    """A class teacher knows the children who are in the class now."""
    present = Placement.objects.present()
    return present.filter(school_class__teacher__user=actor.user)
