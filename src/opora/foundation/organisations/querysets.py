"""How organisations and the rows they own are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast

from django.db import models

if TYPE_CHECKING:
    from opora.foundation.organisations.models import Organisation

Row = TypeVar("Row", bound=models.Model, covariant=True)
Rows = TypeVar("Rows", bound=models.QuerySet[Any])


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
    """The one door for reads (decision 2): the wall of the organisation, the need to know, the law's stop."""

    def of(self, organisation: Organisation) -> Self:
        """Rows of one organisation."""
        return self.filter(organisation=organisation)

    def kept_for(self, actor: Any) -> Self:
        """Rows that this actor may know of, frozen cards included: for what the law lets happen to those.

        `actor` is `accounts.actors.Actor`. Whoever has not signed the undertaking of non-disclosure
        (annex 2.19) sees nothing about anyone.
        """
        if actor is None or actor.organisation is None or not actor.may_read_persons:
            return self.none()
        rows = self.of(actor.organisation)
        path = person_path_of(self.model)
        return known_to(actor, rows, path) if path else rows

    def visible_to(self, actor: Any) -> Self:
        """`kept_for` without the cards whose processing is stopped."""
        rows, path = self.kept_for(actor), person_path_of(self.model)
        return not_frozen(rows, path) if path else rows


def person_path_of(model: type[models.Model]) -> str:
    """The look-up from a row to the public id of the child's file it belongs to, or an empty string."""
    return str(getattr(model, "person_path", ""))


_limits: dict[str, Callable[..., Any]] = {}


def limit_rows(*, known: Callable[..., Any], frozen: Callable[..., Any]) -> None:
    """Called once by `access`: how the rows of a person are limited to those an actor needs to know."""
    _limits.update(known=known, frozen=frozen)


def known_to(actor: Any, rows: Rows, path: str) -> Rows:
    """The rows of persons whom the actor needs to know (`access.knowledge`)."""
    return cast(Rows, _limits["known"](actor, rows, path))


def not_frozen(rows: Rows, path: str) -> Rows:
    """The rows of persons whose data may be processed (`access.knowledge`)."""
    return cast(Rows, _limits["frozen"](rows, path))
