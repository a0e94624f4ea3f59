"""How groups, their children and lessons are read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import WHOLE_REGISTER
from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import Group, GroupMember, Lesson  # noqa: F401

SUMMING_UP = timedelta(days=30)


class GroupQuerySet(OwnedQuerySet["Group"]):
    """A title names nobody: all who may look at groups see them; whom they see in one the need to know decides."""

    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)

    def led_by(self, actor: Actor) -> Self:
        return self.filter(leader__user=actor.user)

    def worked_by(self, actor: Actor) -> Self:
        """Those that stand in the actor's list: all for whoever keeps the register, else his own."""
        return self if actor.roles & WHOLE_REGISTER else self.led_by(actor)

    def with_counts(self, today: date) -> Self:
        """`children`: how many are in it today; `next_on`: its next lesson."""
        from .models import GroupMember, Lesson

        present = GroupMember.objects.present(today).filter(group=OuterRef("pk")).order_by()
        counted = present.values("group").annotate(n=Count("pk")).values("n")
        ahead = Lesson.objects.planned().filter(group=OuterRef("pk"), on__gte=today).order_by("on", "starts_at")
        return self.annotate(children=Coalesce(Subquery(counted), 0), next_on=Subquery(ahead.values("on")[:1]))


class GroupMemberQuerySet(OwnedQuerySet["GroupMember"]):
    def present(self, day: date) -> Self:
        """Those who are in a group on a day."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=day), joined_on__lte=day)

    def present_or_later(self, day: date) -> Self:
        """Those who are in it on a day or come afterwards."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=day))

    def in_term(self, today: date) -> Self:
        """Of groups whose term, with the time for summing up, is not over."""
        return self.filter(group__ends_on__gte=today - SUMMING_UP)


class LessonQuerySet(OwnedQuerySet["Lesson"]):
    def planned(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(cancelled_on__isnull=True)
