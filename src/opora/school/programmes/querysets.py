"""How programmes are read: the chair and the director see all, everyone else those of his own work (need to know).

The head of the service sees all but those because of a suicidal risk: of these he must be the curator or take part.

The curator and the specialists who take part see a whole programme; a class teacher sees its tasks and activities,
and nothing of what was found out about the child.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q, QuerySet

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import WHOLE_REGISTER, Role
from opora.foundation.organisations.querysets import OwnedQuerySet

from .flow import ENDED, Status

if TYPE_CHECKING:
    from .models import Programme  # noqa: F401

Row = TypeVar("Row", bound=models.Model, covariant=True)


READ_ALL = WHOLE_REGISTER - {Role.SERVICE_HEAD}
AT_RISK = "risk"


def own_work(actor: Actor, *, whole: bool) -> Q:
    """Programmes that are the actor's own work; `whole`: those that he reads from the first line to the last."""
    mine = Q(curator__user=actor.user)
    if not whole or Role.SCHOOL_SPECIALIST in actor.roles:
        mine |= Q(pk__in=_answered_for(actor))
    if not whole and Role.CLASS_TEACHER in actor.roles:
        mine |= Q(child__in=_of_own_class(actor))
    if Role.SERVICE_HEAD in actor.roles:
        mine |= ~Q(kind=AT_RISK) | Q(pk__in=_answered_for(actor))
    return mine


def _answered_for(actor: Actor) -> QuerySet[Any]:
    from .models import Activity

    return Activity.objects.filter(organisation=actor.at, responsible__user=actor.user).values("programme")


def _of_own_class(actor: Actor) -> QuerySet[Any]:
    from opora.school.pupils.models import Placement

    present = Placement.objects.present().filter(organisation=actor.at, school_class__teacher__user=actor.user)
    return present.values("child")


class ProgrammeQuerySet(OwnedQuerySet["Programme"]):
    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if actor is None or actor.roles & READ_ALL or actor.organisation is None:
            return rows
        return rows.filter(own_work(actor, whole=False))

    def read_whole_by(self, actor: Actor) -> Self:
        """Those that the actor reads with grounds, diagnostics and the words of the family."""
        rows = self.kept_for(actor)
        return rows if actor.roles & READ_ALL else rows.filter(own_work(actor, whole=True))

    def open(self) -> Self:
        return self.exclude(status__in=ENDED)

    def running(self, on: date) -> Self:
        """Approved and not over on a day."""
        return self.filter(status=Status.RUNNING, starts_on__lte=on)

    def with_people(self) -> Self:
        """Together with the child and the curator, in the same query."""
        return self.select_related("child", "curator__user")

    def to_end_by(self, day: date) -> Self:
        """Running ones whose term ends by a day."""
        return self.filter(status=Status.RUNNING, ends_on__isnull=False, ends_on__lte=day)


class PartQuerySet(OwnedQuerySet[Row]):
    """Goals and tasks: read by whoever may see the programme."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if actor is None or actor.roles & READ_ALL or actor.organisation is None:
            return rows
        return rows.filter(programme__in=readable(actor, whole=False))


class LineQuerySet(OwnedQuerySet[Row]):
    """Lines of the plan: all of a programme that one reads whole, else those that one answers for."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if actor is None or actor.roles & READ_ALL or actor.organisation is None:
            return rows
        return rows.filter(Q(programme__in=readable(actor, whole=True)) | Q(responsible__user=actor.user))


class WholeQuerySet(OwnedQuerySet[Row]):
    """Texts, versions and words of the family: read by those who read the whole programme."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if actor is None or actor.roles & READ_ALL or actor.organisation is None:
            return rows
        return rows.filter(programme__in=readable(actor, whole=True))


def readable(actor: Actor, *, whole: bool) -> QuerySet[Any]:
    """Keys of the programmes that the actor reads, or reads whole."""
    from .models import Programme

    return Programme.objects.filter(own_work(actor, whole=whole), organisation=actor.at).values("pk")
