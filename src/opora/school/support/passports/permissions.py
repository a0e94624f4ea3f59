"""Who fills, accepts and approves social passports, and whose children that makes known."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone

from opora.foundation.access.actions import declare
from opora.foundation.access.knowledge import declare_knowledge
from opora.foundation.accounts.actors import Actor, SystemActor
from opora.foundation.accounts.roles import SCHOOL_LEADS, Role
from opora.school.pupils.models import Placement, SchoolClass

from ..approval import Status
from .models import SocialPassport
from .querysets import is_social_pedagogue

FILLERS = SCHOOL_LEADS | {Role.CLASS_TEACHER, Role.SCHOOL_SPECIALIST}
ACCEPTORS = frozenset({Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST})
NOT_OWN = "Паспорт класса заполняют классный руководитель, социальный педагог и руководитель Службы."
NOT_PEDAGOGUE = "Это делают руководитель Службы и социальный педагог."

PASSPORT_VIEW = declare("passport.view", "Социальные паспорта", FILLERS | {Role.DIRECTOR})
PASSPORT_FILL = declare("passport.fill", "Заполнение социального паспорта класса", FILLERS)
CLASS_PASSPORT_SUBMIT = declare("class_passport.submit", "Сдача паспорта класса", FILLERS)
CLASS_PASSPORT_ACCEPT = declare("class_passport.accept", "Приём паспорта класса", ACCEPTORS)
CLASS_PASSPORT_RETURN = declare("class_passport.return", "Возврат паспорта класса", ACCEPTORS)
PASSPORT_MAKE = declare("passport.make", "Составление паспорта учреждения", ACCEPTORS)
PASSPORT_SUBMIT = declare("passport.submit", "Передача паспорта учреждения директору", ACCEPTORS)
PASSPORT_APPROVE = declare("passport.approve", "Утверждение паспорта учреждения", {Role.DIRECTOR})
PASSPORT_RETURN = declare("passport.return", "Возврат паспорта учреждения", {Role.DIRECTOR})
PASSPORT_ROWS = declare("passport.rows", "Строки социального паспорта", ACCEPTORS, personal=False)


def leads_passports(actor: Actor) -> bool:
    """The head of the service and the social pedagogue answer for passports of the whole school."""
    return isinstance(actor, SystemActor) or actor.has(Role.SERVICE_HEAD) or is_social_pedagogue(actor)


def is_teacher_of(actor: Actor, room: SchoolClass | None) -> bool:
    """Whether the actor leads the class now; whoever led it once is a stranger to it."""
    teacher = room.teacher if room is not None else None
    if teacher is None or actor.user is None or teacher.user_id != actor.user.pk:
        return False
    return teacher.ended_on is None or teacher.ended_on >= timezone.localdate()


def may_fill(actor: Actor, room: SchoolClass | None) -> bool:
    """Own class, or one of those who answer for all; the chair may help out."""
    return leads_passports(actor) or actor.has(Role.CONSILIUM_CHAIR) or is_teacher_of(actor, room)


def require_filler(actor: Actor, room: SchoolClass | None) -> None:
    """Raises PermissionDenied."""
    if not may_fill(actor, room):
        raise PermissionDenied(NOT_OWN)


def require_leading(actor: Actor) -> None:
    """Raises PermissionDenied for another specialist."""
    if not leads_passports(actor):
        raise PermissionDenied(NOT_PEDAGOGUE)


@declare_knowledge("child__public_id")
def of_the_submitted_passport(actor: Actor) -> QuerySet[Any]:
    """A social pedagogue knows the children of a class whose passport waits to be accepted by him, until it is."""
    if not is_social_pedagogue(actor):
        return Placement.objects.none()
    waiting = SocialPassport._base_manager.filter(organisation=actor.organisation, status=Status.SUBMITTED)
    return Placement.objects.present().filter(school_class__in=waiting.values("school_class"))
