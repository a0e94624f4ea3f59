"""How classes, places in them and consents are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from datetime import date

    from opora.people.children.models import Child

    from .models import ClassListImport, ExaminationConsent, Placement, SchoolClass  # noqa: F401


class SchoolClassQuerySet(OwnedQuerySet["SchoolClass"]):
    def of_year(self, year: int) -> Self:
        """Classes of the school year that begins in this calendar year."""
        return self.filter(year=year)


class PlacementQuerySet(OwnedQuerySet["Placement"]):
    def present(self) -> Self:
        return self.filter(ended_on__isnull=True)


class ExaminationConsentQuerySet(OwnedQuerySet["ExaminationConsent"]):
    def in_force(self) -> Self:
        """Given, not withdrawn, and no refusal came after it."""
        after = Q(signed_on__gt=OuterRef("signed_on")) | Q(signed_on=OuterRef("signed_on"), pk__gt=OuterRef("pk"))
        refused = self.model._base_manager.filter(after, child=OuterRef("child"), answer="refused")
        return self.filter(~Exists(refused), answer="given", withdrawn_on__isnull=True)

    def on(self, child: Child, day: date) -> ExaminationConsent | None:
        """The consent under which a child may be examined on a day: the last answer up to it, if it still stands."""
        last = self.filter(child=child, signed_on__lte=day).order_by("-signed_on", "-pk").first()
        return last if last is not None and last.is_in_force else None

    def latest_of(self, child: Child) -> ExaminationConsent | None:
        """The last answer about a child, given or refused; None when nobody was asked."""
        return self.filter(child=child).order_by("-signed_on", "-pk").first()


class ClassListImportQuerySet(OwnedQuerySet["ClassListImport"]):
    """A table with many names: for whoever brought it in."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        return rows if actor is None or actor.user is None else rows.filter(run_by=actor.user)
