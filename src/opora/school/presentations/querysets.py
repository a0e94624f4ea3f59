"""How presentations are read. A class teacher reads his own papers and characteristics, not diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from opora.foundation.accounts.roles import SCHOOL_LEADS, Role
from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from opora.people.children.models import Child

    from .models import (  # noqa: F401
        CommissionPackage,
        Presentation,
        PresentationRequest,
        PresentationSection,
    )

CHARACTERISTIC = "characteristic"
# They read what specialists found; everyone else reads his own papers and the characteristic.
READERS = SCHOOL_LEADS | {Role.DIRECTOR, Role.CURATOR, Role.SCHOOL_SPECIALIST}


def reads_diagnostics(actor: Any) -> bool:
    """Whether the roles of the actor open the presentations of specialists."""
    return bool(actor.roles & READERS)


def _readable(actor: Any, prefix: str = "") -> Q:
    if actor is None or actor.user is None or reads_diagnostics(actor):
        return Q()
    return Q(**{f"{prefix}kind": CHARACTERISTIC}) | Q(**{f"{prefix}author__user": actor.user})


class PresentationQuerySet(OwnedQuerySet["Presentation"]):
    def kept_for(self, actor: Any) -> Self:
        return super().kept_for(actor).filter(_readable(actor))

    def drafts(self) -> Self:
        return self.filter(state="draft")

    def finished(self) -> Self:
        return self.filter(state="finished")

    def with_people(self) -> Self:
        return self.select_related("child", "author__user")

    def before(self, presentation: Presentation) -> Self:
        """Earlier finished papers of the same kind about the child, the newest first."""
        same = self.filter(child=presentation.child_id, kind=presentation.kind, state="finished")
        return same.exclude(pk=presentation.pk).order_by("-finished_on", "-pk")


class PresentationSectionQuerySet(OwnedQuerySet["PresentationSection"]):
    def kept_for(self, actor: Any) -> Self:
        return super().kept_for(actor).filter(_readable(actor, "presentation__"))


class RequestQuerySet(OwnedQuerySet["PresentationRequest"]):
    def kept_for(self, actor: Any) -> Self:
        return super().kept_for(actor).filter(_readable(actor, "presentation__"))

    def in_force(self) -> Self:
        return self.filter(cancelled_on__isnull=True)

    def waiting(self) -> Self:
        """In force, and the paper is not finished."""
        return self.in_force().filter(presentation__state="draft")


class PackageQuerySet(OwnedQuerySet["CommissionPackage"]):
    def latest_of(self, child: Child) -> CommissionPackage | None:
        return self.filter(child=child).exclude(state="replaced").order_by("-prepared_on", "-pk").first()
