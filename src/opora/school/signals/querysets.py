"""How screenings' results and concerns are read. A mark of suicidal risk narrows who may see a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import AdditionalExamination, Concern, ScreeningImport, ScreeningResult  # noqa: F401

# Whoever leads the support reads findings; a class teacher learns the outcome alone.
READS_FINDINGS = frozenset({Role.CONSILIUM_CHAIR, Role.SERVICE_HEAD, Role.DIRECTOR})


class ScreeningResultQuerySet(OwnedQuerySet["ScreeningResult"]):
    """A result with a mark of risk is for the chair and whoever ran the screening."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if actor is None or Role.CONSILIUM_CHAIR in actor.roles:
            return rows
        return rows.filter(Q(suicide_risk=False) | Q(screening__run_by=actor.user))

    def waiting(self) -> Self:
        """Results that ask for attention and that nobody has decided on."""
        return self.filter(Q(level__in=("raised", "special")) | Q(suicide_risk=True), settled="")


class ScreeningImportQuerySet(OwnedQuerySet["ScreeningImport"]):
    """A table with many names: for whoever brought it in."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        return rows if actor is None or actor.user is None else rows.filter(run_by=actor.user)


class ConcernQuerySet(OwnedQuerySet["Concern"]):
    """A concern with a mark of risk is for the chair, its author and the psychologist who examines.

    The author sees his own concern also where he does not know the child: it is what he said himself. That opens
    nothing else; the card of the child stays closed to him.
    """

    def kept_for(self, actor: Any) -> Self:
        known = super().kept_for(actor)
        if actor is None or actor.user is None or not actor.may_read_persons or actor.organisation is None:
            return known
        if Role.CONSILIUM_CHAIR in actor.roles:
            return known
        seen = known.filter(Q(suicide_risk=False) | Q(psychologist__user=actor.user))
        return self.of(actor.organisation).filter(Q(author=actor.user) | Q(pk__in=seen.order_by().values("pk")))

    def open(self) -> Self:
        return self.filter(state__in=("raised", "examination"))

    def unheard(self) -> Self:
        """Those that wait for the administration."""
        return self.filter(state="raised")


class AdditionalExaminationQuerySet(OwnedQuerySet["AdditionalExamination"]):
    """Findings are for those who lead the support and the psychologist; the author learns the outcome alone."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if actor is None or Role.CONSILIUM_CHAIR in actor.roles:
            return rows
        own = Q(concern__psychologist__user=actor.user) | Q(recorded_by=actor.user)
        if actor.roles & READS_FINDINGS:
            return rows.filter(Q(concern__suicide_risk=False) | own)
        return rows.filter(own)
