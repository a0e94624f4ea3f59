"""How the bank is read: what is in use by everyone, what is drawn up by its author and by those who examine it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from opora.foundation.accounts.roles import WHOLE_REGISTER
from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import Material, MaterialFile, MaterialTopic  # noqa: F401

READ_BY_ALL = ("in_use", "retired")


def _readable(actor: Any, prefix: str = "") -> Q:
    common = Q(**{f"{prefix}status__in": READ_BY_ALL})
    if actor is None or actor.organisation is None or actor.roles & WHOLE_REGISTER:
        return Q()
    return common | Q(**{f"{prefix}author__user": actor.user})


class MaterialQuerySet(OwnedQuerySet["Material"]):
    def kept_for(self, actor: Any) -> Self:
        return super().kept_for(actor).filter(_readable(actor))

    def in_use(self) -> Self:
        return self.filter(status="in_use")

    def to_review(self, day: date, today: date) -> Self:
        """In use, and to be looked at again by a day, or with a term that is over."""
        return self.in_use().filter(Q(review_on__lte=day) | Q(ends_on__lt=today))


class TopicQuerySet(OwnedQuerySet["MaterialTopic"]):
    def kept_for(self, actor: Any) -> Self:
        return super().kept_for(actor).filter(_readable(actor, "material__"))


class MaterialFileQuerySet(OwnedQuerySet["MaterialFile"]):
    def kept_for(self, actor: Any) -> Self:
        return super().kept_for(actor).filter(_readable(actor, "material__"))
