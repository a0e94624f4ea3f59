"""Who writes of a child, who asks for it, who prepares what goes to ПМПК; whom that makes known."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from opora.foundation.access.actions import declare
from opora.foundation.access.knowledge import declare_knowledge
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_LEADS, SCHOOL_ROLES, Role

from .models import Presentation

WRITERS = SCHOOL_LEADS | {Role.SCHOOL_SPECIALIST, Role.CLASS_TEACHER, Role.CURATOR}

PRESENTATION_VIEW = declare("presentation.view", "Чтение характеристик и представлений", SCHOOL_ROLES)
PRESENTATION_WRITE = declare("presentation.write", "Составление характеристики или представления", WRITERS)
PRESENTATION_REQUEST = declare("presentation.request", "Просьба написать о ребёнке", SCHOOL_LEADS)
CHARACTERISTIC_HAND = declare(
    "characteristic.hand_over", "Выдача характеристики родителю", SCHOOL_LEADS | {Role.CLASS_TEACHER}
)
PACKAGE_VIEW = declare("package.view", "Чтение состава пакета для ПМПК", SCHOOL_LEADS | {Role.DIRECTOR})
PACKAGE_PREPARE = declare("package.prepare", "Подготовка пакета для ПМПК", SCHOOL_LEADS)


@declare_knowledge("child__public_id")
def of_the_presentation(actor: Actor) -> QuerySet[Any]:
    """Whoever was asked to write of a child, or wrote, knows the child; a request taken back at once ends it."""
    mine = Presentation.objects.filter(author__user=actor.user)
    return mine.exclude(state=Presentation.State.CANCELLED)
