"""How meetings and their agenda are read. A mark of suicidal risk and a seat at the table narrow who may see a row."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from opora.foundation.access.knowledge import knows_all
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import AgendaItem, AgendaSection, ConsiliumMeeting  # noqa: F401

CONTROL_NOTICE = 14  # days before a control at which the child is offered for an agenda
Row = TypeVar("Row", bound=models.Model, covariant=True)


def seated(actor: Any, path: str = "") -> Q:
    """Whether the actor sits at the talk about a child: a member, invited to it, or leading the child.

    `path` leads from the row to the agenda item: empty for the item itself, «item__» for what hangs on it.
    """
    members = apps.get_model("consilium", "MeetingMember").objects.filter(
        meeting=OuterRef(f"{path}meeting"), position__user=actor.user
    )
    invited = apps.get_model("consilium", "Participant").objects.filter(
        item=OuterRef(f"{path}pk" if not path else path.removesuffix("__")), position__user=actor.user
    )
    return Q(Exists(members)) | Q(Exists(invited)) | Q(**{f"{path}leading__user": actor.user})


def without_hidden_risk(actor: Any, path: str = "") -> Q:
    """Items that a concern with a mark of risk brought are for the chair, the talk itself and those of the concern."""
    plain = Q(**{f"{path}concern__isnull": True}) | Q(**{f"{path}concern__suicide_risk": False})
    own = Q(**{f"{path}concern__author": actor.user}) | Q(**{f"{path}concern__psychologist__user": actor.user})
    return plain | own | seated(actor, path)


def _sees_every_risk(actor: Any) -> bool:
    return actor is None or actor.user is None or Role.CONSILIUM_CHAIR in actor.roles


class MeetingQuerySet(OwnedQuerySet["ConsiliumMeeting"]):
    """Leads and the director see every meeting, the others those at which they sit or are invited to."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if actor is None or actor.user is None or knows_all(actor):
            return rows
        members = apps.get_model("consilium", "MeetingMember").objects.filter(
            meeting=OuterRef("pk"), position__user=actor.user
        )
        items = apps.get_model("consilium", "AgendaItem").objects.filter(
            Q(participants__position__user=actor.user) | Q(leading__user=actor.user), meeting=OuterRef("pk")
        )
        return rows.filter(Exists(members) | Exists(items))

    def coming(self, today: date) -> Self:
        return self.filter(day__gte=today, state__in=("planned", "running"))

    def planned_between(self, first: date, last: date) -> Self:
        """Planned meetings of these days that took or will take place."""
        return self.filter(kind="planned", day__range=(first, last)).exclude(state="cancelled")

    def with_counts(self, actor: Any) -> Self:
        """With `children` and `decided`: of those on the agenda whom this actor may see."""
        items = apps.get_model("consilium", "AgendaItem").objects.visible_to(actor)
        of_meeting = items.filter(meeting=OuterRef("pk")).exclude(state="postponed").order_by().values("meeting")

        def number(rows: Any) -> Any:
            return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)

        return self.annotate(children=number(of_meeting), decided=number(of_meeting.filter(state="signed")))


class AgendaItemQuerySet(OwnedQuerySet["AgendaItem"]):
    """An item that a concern with a mark of risk brought is for those who may see that concern, and the members."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        return rows if _sees_every_risk(actor) else rows.filter(without_hidden_risk(actor))

    def with_people(self) -> Self:
        return self.select_related("child", "meeting", "concern", "leading__user")

    def controls_due(self, today: date) -> Self:
        """Signed decisions whose control falls due by a fortnight from now, the child not talked of since."""
        later = self.model._base_manager.filter(
            child=OuterRef("child"), state="signed", meeting__day__gt=OuterRef("meeting__day")
        )
        return self.filter(~Exists(later), state="signed", first_control_on__lte=today + timedelta(days=CONTROL_NOTICE))

    def waiting(self) -> Self:
        """On the agenda of a meeting that is not over, nothing signed yet."""
        return self.filter(meeting__state__in=("planned", "running")).exclude(state__in=("signed", "postponed"))


class OfItemQuerySet(OwnedQuerySet[Row]):
    """Rows that hang on an agenda item are narrowed as the item is."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        return rows if _sees_every_risk(actor) else rows.filter(without_hidden_risk(actor, "item__"))


class AgendaSectionQuerySet(OwnedQuerySet["AgendaSection"]):
    """The talk itself is read by those who sat at it, by the leads and the director."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if _sees_every_risk(actor):
            return rows
        rows = rows.filter(without_hidden_risk(actor, "item__"))
        return rows if knows_all(actor) else rows.filter(seated(actor, "item__"))
