"""How passports are read: a class teacher reads those of his class, whoever knows the whole school reads all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q
from django.utils import timezone

from opora.foundation.accounts.roles import WHOLE_REGISTER, Role, Speciality
from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import SocialPassport


def is_social_pedagogue(actor: Any) -> bool:
    return Role.SCHOOL_SPECIALIST in actor.roles and Speciality.SOCIAL_PEDAGOGUE in actor.specialities


class SocialPassportQuerySet(OwnedQuerySet["SocialPassport"]):
    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if actor is None or actor.roles & WHOLE_REGISTER or is_social_pedagogue(actor):
            return rows
        teacher = "school_class__teacher"
        held = Q(**{f"{teacher}__ended_on__isnull": True}) | Q(**{f"{teacher}__ended_on__gte": timezone.localdate()})
        return rows.filter(held, **{f"{teacher}__user": actor.user})

    def of_classes(self) -> Self:
        return self.filter(school_class__isnull=False)

    def of_school(self) -> Self:
        return self.filter(school_class__isnull=True)

    def beside(self, passport: SocialPassport) -> Self:
        """Earlier passports that this one is compared with: of the institution, or of a class with its children."""
        earlier = self.filter(on__lt=passport.on)
        if passport.school_class_id is None:
            return earlier.of_school()
        children = passport.school_class.placements.order_by().values("child") if passport.school_class else []
        same = Q(school_class=passport.school_class_id) | Q(school_class__placements__child__in=children)
        return earlier.filter(same).distinct()
