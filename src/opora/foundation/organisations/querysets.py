"""How organisations and the rows they own are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from opora.foundation.organisations.models import Organisation

Row = TypeVar("Row", bound=models.Model, covariant=True)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def workplaces(self) -> Self:
        """Those that keep cases here; the rest is a directory."""
        return self.filter(works_here=True)

    def education(self) -> Self:
        return self.filter(kind__in=("school", "kindergarten"))

    def commissions(self) -> Self:
        return self.filter(kind__in=("central_commission", "territorial_commission"))

    def visible_to(self, actor: Any) -> Self:
        """The directory is the same for everyone who works here: it holds no person."""
        return self.all()


class OwnedQuerySet(models.QuerySet[Row], Generic[Row]):
    """The one door for reads (decision 2): first the wall of the organisation, then the need to know."""

    def of(self, organisation: Organisation) -> Self:
        """Rows of one organisation."""
        return self.filter(organisation=organisation)

    def visible_to(self, actor: Any) -> Self:
        """Rows that this actor may see: those of the organisation he works for, if he may see persons at all.

        `actor` is `accounts.actors.Actor`. Whoever has not signed the undertaking of non-disclosure
        (annex 2.19) sees nothing about anyone.
        """
        if actor is None or actor.organisation is None or not actor.may_read_persons:
            return self.none()
        return self.of(actor.organisation)
